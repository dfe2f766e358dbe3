// Link citations to the organizations that the names of affiliations denote.
UNWIND $rows AS row
MATCH (:Name {id: row.name})-[:DENOTES]->(entity)
MATCH (:Article {id: row.article})<-[:IN_ARTICLE]-(part:Citation {affiliationName: row.name})
OPTIONAL MATCH (part)-[old:AFFILIATED_WITH]->()
DELETE old
WITH DISTINCT part, entity
CREATE (part)-[:AFFILIATED_WITH]->(entity)
