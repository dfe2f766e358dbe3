// Names that are comparable with each other, and whom each denotes now.
UNWIND $keys AS key
MATCH (name:Name {matchKey: key})-[:DENOTES]->(entity)
RETURN key, name.id AS id, name.spelling AS spelling, coalesce(name.alternatives, []) AS alternatives,
       name.resolution AS resolution, entity.id AS entity
ORDER BY id
