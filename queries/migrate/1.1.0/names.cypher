// Give people and organizations a name of their own, which waits to be compared with others.
MATCH (entity:Person|Organization)
WHERE NOT EXISTS { (entity)<-[:DENOTES]-(:Name) }
CALL (entity) {
  MERGE (name:Name {id: 'name/' + replace(entity.id, '/', '-')})
  MERGE (name)-[:DENOTES]->(entity)
  SET name.resolution = 'pending'
} IN TRANSACTIONS OF 10000 ROWS
