// Let mentions refer to whom their names denote; return which did not, their articles, and whom they leave.
UNWIND $ids AS id
MATCH (name:Name {id: id})-[:DENOTES]->(entity)
MATCH (name)<-[:USES_NAME]-(mention:Mention)-[:IN_ARTICLE]->(article:Article)
WHERE NOT EXISTS { (mention)-[:REFERS_TO]->(entity) }
WITH name, entity, mention, article
LIMIT $limit
OPTIONAL MATCH (mention)-[old:REFERS_TO]->(left)
DELETE old
CREATE (mention)-[:REFERS_TO]->(entity)
RETURN mention.id AS mention, article.id AS article, name.id AS name, left.id AS left
ORDER BY mention
