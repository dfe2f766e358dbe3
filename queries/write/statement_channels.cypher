// Link statements to the outlets that relayed them.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
MATCH (outlet:Organization {id: row.target})
MERGE (statement)-[:REPORTED_VIA]->(outlet)
