// Link articles to the agents and documents they cite.
UNWIND $rows AS row
MATCH (article:Article {id: row.source})
OPTIONAL MATCH (:Name {id: row.target})-[:DENOTES]->(named)
OPTIONAL MATCH (document:Document {id: row.target})
WITH article, coalesce(named, document) AS cited
WHERE cited IS NOT NULL
MERGE (article)-[:CITES]->(cited)
