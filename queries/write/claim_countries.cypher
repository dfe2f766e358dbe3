// Link claims to the countries they name.
UNWIND $rows AS row
MATCH (claim:Claim {id: row.source})
MATCH (country:Country {id: row.target})
MERGE (claim)-[:ABOUT]->(country)
