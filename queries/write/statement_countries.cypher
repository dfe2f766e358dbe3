// Link statements to the countries they name.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
MATCH (country:Country {id: row.target})
CREATE (statement)-[:ABOUT]->(country)
