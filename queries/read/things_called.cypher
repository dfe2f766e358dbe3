// What is called as each of $wanted says? By id, by a name that denotes it, by an alias; best first.
UNWIND range(0, size($wanted) - 1) AS place
WITH place, $wanted[place] AS wanted
WITH place, wanted.text AS text, wanted.ids AS ids, wanted.names AS names, wanted.query AS query
CALL (text, ids, names, query) {
  UNWIND ids AS id
  MATCH (thing:Article|Claim|Country|Document|Organization|Person|Statement {id: id})
  RETURN thing, 0 AS rank
  UNION
  UNWIND names AS id
  MATCH (:Name {id: id})-[:DENOTES]->(thing)
  RETURN thing, 0 AS rank
  UNION
  MATCH (thing:Country|Organization|Person {name: text})
  RETURN thing, 0 AS rank
  UNION
  MATCH (thing:Article {title: text})
  RETURN thing, 1 AS rank
  UNION
  WITH query
  WHERE query <> ''
  CALL db.index.fulltext.queryNodes('names', query, {limit: 50})
  YIELD node AS thing
  WHERE thing:Country OR thing:Organization OR thing:Person
  RETURN thing, 2 AS rank
}
WITH place, thing, min(rank) AS rank
ORDER BY place, rank, COUNT { (thing)--() } DESC, thing.id
RETURN collect({
  place: place,
  rank: rank,
  id: thing.id,
  labels: labels(thing),
  name: coalesce(thing.name, thing.title, left(thing.text, 80), thing.id),
  aliases: coalesce(thing.aliases, [])
}) AS found
