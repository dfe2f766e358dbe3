// Which keys has each of these nodes, beside those we know?
UNWIND $ids AS id
MATCH (node:{label} {{id: id}})
RETURN id,
       [key IN keys(node) WHERE NOT key IN $keys] AS keys
ORDER BY id
