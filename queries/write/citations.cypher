// Create citations of agents and documents in articles; countries are not cited.
UNWIND $rows AS row
MATCH (article:Article {id: row.article})
OPTIONAL MATCH (:Name {id: row.agent})-[:DENOTES]->(named)
OPTIONAL MATCH (document:Document {id: row.agent})
WITH row, article, coalesce(named, document) AS cited
WHERE cited IS NOT NULL
CREATE (citation:Citation {id: row.id})
SET citation += row.properties
CREATE (citation)-[:IN_ARTICLE]->(article)
CREATE (citation)-[:OF]->(cited)
