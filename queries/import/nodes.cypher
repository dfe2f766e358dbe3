// Create the nodes labelled {labels} that are not there yet.
UNWIND $rows AS row
MERGE (node:{key} {{id: row.id}})
ON CREATE SET node:{labels}, node += row.properties
