// Give people and organizations a name of their own, which waits to be compared with others; whom a name denotes stays.
MATCH (entity:Person|Organization)
CALL (entity) {
  MERGE (name:Name {id: 'name/' + replace(entity.id, '/', '-')})
  ON CREATE SET name.resolution = 'pending'
  WITH entity, name
  WHERE NOT EXISTS { (name)-[:DENOTES]->() }
  CREATE (name)-[:DENOTES]->(entity)
} IN TRANSACTIONS OF 10000 ROWS
