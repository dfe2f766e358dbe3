// To what do these nodes labelled {label} lead, and which of them are there?
UNWIND $ids AS id
MATCH (node:{label} {{id: id}})
RETURN node.id AS id,
       [(node)-->(target) | target.id] AS targets
ORDER BY id
