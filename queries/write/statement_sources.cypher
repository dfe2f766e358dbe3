// Link statements to the agents they are attributed to.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
OPTIONAL MATCH (:Name {id: row.target})-[:DENOTES]->(named)
OPTIONAL MATCH (country:Country {id: row.target})
WITH statement, coalesce(named, country) AS agent
WHERE agent IS NOT NULL
CREATE (statement)-[:ATTRIBUTED_TO]->(agent)
