// Attribute statements to whom the names of their sources denote.
UNWIND $rows AS row
MATCH (:Name {id: row.name})-[:DENOTES]->(entity)
MATCH (:Article {id: row.article})<-[:STATED_IN]-(part:Statement {sourceName: row.name})
OPTIONAL MATCH (part)-[old:ATTRIBUTED_TO]->()
DELETE old
WITH DISTINCT part, entity
CREATE (part)-[:ATTRIBUTED_TO]->(entity)
