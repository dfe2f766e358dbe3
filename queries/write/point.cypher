// Let names denote other {label} nodes; the first line locks them, so that no load writes past the change.
UNWIND $rows AS row
MATCH (name:Name {{id: row.id}})
SET name.resolution = 'pending'
WITH name, row
MATCH (name)-[old:DENOTES]->()
DELETE old
MERGE (entity:{label} {{id: row.entity}})
ON CREATE SET entity.name = name.spelling
CREATE (name)-[:DENOTES]->(entity)
