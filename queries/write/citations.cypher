// Create citations of agents in articles.
UNWIND $rows AS row
MATCH (article:Article {id: row.article})
MATCH (:Name {id: row.agent})-[:DENOTES]->(agent)
CREATE (citation:Citation {id: row.id})
SET citation += row.properties
CREATE (citation)-[:IN_ARTICLE]->(article)
CREATE (citation)-[:OF]->(agent)
