// Let citations be of whom the names denote; a citation's id ends like its mention's.
UNWIND $rows AS row
MATCH (:Name {id: row.name})-[:DENOTES]->(entity)
MATCH (part:Citation {id: 'citation/' + substring(row.mention, 8)})
OPTIONAL MATCH (part)-[old:OF]->()
DELETE old
WITH DISTINCT part, entity
CREATE (part)-[:OF]->(entity)
