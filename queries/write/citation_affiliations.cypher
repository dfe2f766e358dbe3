// Link citations to the organizations the cited ones belong to.
UNWIND $rows AS row
MATCH (citation:Citation {id: row.source})
MATCH (organization:Organization {id: row.target})
MERGE (citation)-[:AFFILIATED_WITH]->(organization)
