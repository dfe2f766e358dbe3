// Does the database hold nodes, and are some of them none of ours?
OPTIONAL MATCH (node)
WHERE none(label IN labels(node) WHERE label IN $labels)
WITH node
LIMIT 1
RETURN labels(node) AS labels
