// Link articles to the entities they name.
UNWIND $rows AS row
MATCH (article:Article {id: row.source})
OPTIONAL MATCH (:Name {id: row.target})-[:DENOTES]->(agent)
OPTIONAL MATCH (country:Country {id: row.target})
WITH article, coalesce(agent, country) AS entity
WHERE entity IS NOT NULL
MERGE (article)-[:MENTIONS]->(entity)
