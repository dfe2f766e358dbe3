// Create citations of agents in articles.
UNWIND $rows AS row
MATCH (article:Article {id: row.article})
OPTIONAL MATCH (person:Person {id: row.agent})
OPTIONAL MATCH (organization:Organization {id: row.agent})
WITH row, article, coalesce(person, organization) AS agent
WHERE agent IS NOT NULL
CREATE (citation:Citation {id: row.id})
SET citation += row.properties
CREATE (citation)-[:IN_ARTICLE]->(article)
CREATE (citation)-[:OF]->(agent)
