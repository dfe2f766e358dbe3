// Delete nodes labelled {label}.
UNWIND $ids AS id
MATCH (node:{label} {{id: id}})
DETACH DELETE node
