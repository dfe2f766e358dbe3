// Let mentions use the names of whom they refer to.
MATCH (mention:Mention)-[:REFERS_TO]->(entity:Person|Organization)
WHERE NOT EXISTS { (mention)-[:USES_NAME]->(:Name) }
CALL (mention, entity) {
  MATCH (name:Name {id: 'name/' + replace(entity.id, '/', '-')})
  MERGE (mention)-[:USES_NAME]->(name)
} IN TRANSACTIONS OF 10000 ROWS
