// The names that these ids mean: a name's own id, or that of an entity with all its names.
UNWIND $wanted AS wanted
CALL (wanted) {
  MATCH (name:Name {id: wanted})
  RETURN name
  UNION
  MATCH (name:Name {id: 'name/' + replace(wanted, '/', '-')})
  RETURN name
  UNION
  MATCH (:Person {id: wanted})<-[:DENOTES]-(name:Name)
  RETURN name
  UNION
  MATCH (:Organization {id: wanted})<-[:DENOTES]-(name:Name)
  RETURN name
}
MATCH (name)-[:DENOTES]->(entity)
RETURN wanted, name.id AS id, name.spelling AS spelling, name.forms AS forms, entity.id AS entity
ORDER BY wanted, id
