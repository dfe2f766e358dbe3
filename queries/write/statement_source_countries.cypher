// Link statements to the countries their sources speak for.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
MATCH (country:Country {id: row.target})
CREATE (statement)-[:SOURCE_COUNTRY]->(country)
