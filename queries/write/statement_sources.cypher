// Link statements to the agents and documents they are attributed to.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
OPTIONAL MATCH (:Name {id: row.target})-[:DENOTES]->(named)
OPTIONAL MATCH (country:Country {id: row.target})
OPTIONAL MATCH (document:Document {id: row.target})
WITH statement, coalesce(named, country, document) AS source
WHERE source IS NOT NULL
CREATE (statement)-[:ATTRIBUTED_TO]->(source)
