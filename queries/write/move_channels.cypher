// Link statements to the outlets that the names of their channels denote.
UNWIND $rows AS row
MATCH (:Name {id: row.name})-[:DENOTES]->(entity)
MATCH (:Article {id: row.article})<-[:STATED_IN]-(part:Statement {channelName: row.name})
OPTIONAL MATCH (part)-[old:REPORTED_VIA]->()
DELETE old
WITH DISTINCT part, entity
CREATE (part)-[:REPORTED_VIA]->(entity)
