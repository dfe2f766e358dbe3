// Which keys has each of these nodes, beside those we know?
UNWIND $ids AS id
MATCH (node:{label} {{id: id}})
RETURN id,
       [key IN keys(node) WHERE NOT key IN $keys AND NOT key STARTS WITH '_'] AS keys
ORDER BY id
