// Which people, organizations and countries have the name or id $name? The best connected first.
CALL () {
  MATCH (thing:Person {name: $name})
  RETURN thing
  UNION
  MATCH (thing:Organization {name: $name})
  RETURN thing
  UNION
  MATCH (thing:Country {name: $name})
  RETURN thing
  UNION
  MATCH (thing:Country {iso2: $name})
  RETURN thing
  UNION
  MATCH (thing:Article {title: $name})
  RETURN thing
}
RETURN thing.id AS id
ORDER BY COUNT { (thing)--() } DESC, id
