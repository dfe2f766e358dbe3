// Delete nodes labelled {label} to which nothing leads any more.
UNWIND $ids AS id
MATCH (node:{label} {{id: id}})
WHERE NOT EXISTS {{ (node)<--() }}
DETACH DELETE node
