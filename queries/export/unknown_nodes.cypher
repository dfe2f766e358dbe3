// Which nodes bear none of our labels, or no id that is a string?
MATCH (node)
WHERE none(label IN labels(node) WHERE label IN $labels)
   OR NOT node.id IS :: STRING NOT NULL
RETURN coalesce(toStringOrNull(node.id), elementId(node)) AS id,
       labels(node) AS labels
ORDER BY id
LIMIT $limit
