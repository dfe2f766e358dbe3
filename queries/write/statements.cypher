// Create statements in their articles, each with the claim it makes.
UNWIND $rows AS row
MATCH (article:Article {id: row.article})
MATCH (claim:Claim {id: row.claim})
CREATE (statement:Statement {id: row.id})
SET statement += row.properties
CREATE (statement)-[:STATED_IN]->(article)
CREATE (statement)-[:EXPRESSES]->(claim)
