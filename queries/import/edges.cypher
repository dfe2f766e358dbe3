// Create the relationships {type} between nodes labelled {source} and {target} that are not there yet.
UNWIND $rows AS row
MATCH (source:{source} {{id: row.source}})
MATCH (target:{target} {{id: row.target}})
MERGE (source)-[:{type}]->(target)
