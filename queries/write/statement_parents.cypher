// Link statements to the statements whose words contain them.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
MATCH (outer:Statement {id: row.target})
CREATE (statement)-[:PART_OF]->(outer)
