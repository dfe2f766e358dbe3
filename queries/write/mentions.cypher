// Create the mentions of entities in articles, each with the name it uses; countries need none.
UNWIND $rows AS row
MATCH (article:Article {id: row.article})
OPTIONAL MATCH (name:Name {id: row.entity})-[:DENOTES]->(agent)
OPTIONAL MATCH (country:Country {id: row.entity})
WITH row, article, name, coalesce(agent, country) AS entity
WHERE entity IS NOT NULL
CREATE (mention:Mention {id: row.id})
SET mention += row.properties
CREATE (mention)-[:IN_ARTICLE]->(article)
CREATE (mention)-[:REFERS_TO]->(entity)
FOREACH (used IN CASE WHEN name IS NULL THEN [] ELSE [name] END | CREATE (mention)-[:USES_NAME]->(used))
