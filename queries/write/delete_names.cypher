// Delete names that no article uses; those comparable with them, or one's with them, wait to be compared again.
UNWIND $ids AS id
MATCH (name:Name {id: id})-[:DENOTES]->(entity)
CALL (name, entity) {
  MATCH (near:Name {matchKey: name.matchKey})
  SET near.resolution = 'pending'
  UNION
  MATCH (entity)<-[:DENOTES]-(near:Name)
  SET near.resolution = 'pending'
}
WITH collect(DISTINCT name) AS names
FOREACH (name IN names | DETACH DELETE name)
