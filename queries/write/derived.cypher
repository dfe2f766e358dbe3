// Set derived properties of nodes labelled {label}.
UNWIND $rows AS row
MATCH (node:{label} {{id: row.id}})
SET node += row.properties
