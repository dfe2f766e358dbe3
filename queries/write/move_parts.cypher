// Link {part} nodes by {type} to whom the names in their {key} denote.
UNWIND $rows AS row
MATCH (:Name {{id: row.name}})-[:DENOTES]->(entity)
MATCH (:Article {{id: row.article}})<-[:{inside}]-(part:{part} {{{key}: row.name}})
OPTIONAL MATCH (part)-[old:{type}]->()
DELETE old
WITH DISTINCT part, entity
CREATE (part)-[:{type}]->(entity)
