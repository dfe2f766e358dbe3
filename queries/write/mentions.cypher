// Create the mentions of entities in articles.
UNWIND $rows AS row
MATCH (article:Article {id: row.article})
OPTIONAL MATCH (person:Person {id: row.entity})
OPTIONAL MATCH (organization:Organization {id: row.entity})
OPTIONAL MATCH (country:Country {id: row.entity})
WITH row, article, coalesce(person, organization, country) AS entity
WHERE entity IS NOT NULL
CREATE (mention:Mention {id: row.id})
SET mention += row.properties
CREATE (mention)-[:IN_ARTICLE]->(article)
CREATE (mention)-[:REFERS_TO]->(entity)
