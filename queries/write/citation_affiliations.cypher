// Link citations to the organizations the cited ones belong to.
UNWIND $rows AS row
MATCH (citation:Citation {id: row.source})
MATCH (:Name {id: row.target})-[:DENOTES]->(organization:Organization)
CREATE (citation)-[:AFFILIATED_WITH]->(organization)
