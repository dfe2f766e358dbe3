// Link statements to the outlets that relayed them.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
MATCH (:Name {id: row.target})-[:DENOTES]->(outlet:Organization)
CREATE (statement)-[:REPORTED_VIA]->(outlet)
