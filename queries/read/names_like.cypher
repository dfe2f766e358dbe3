// People and organizations that have this word in some name, with all their names, by id.
MATCH (name:Name)-[:DENOTES]->(entity)
WHERE toLower(name.spelling) CONTAINS toLower($text)
WITH DISTINCT entity
MATCH (entity)<-[:DENOTES]-(name:Name)
RETURN entity.id AS id, entity.name AS name, collect(name.spelling) AS spellings
ORDER BY id
LIMIT $limit
