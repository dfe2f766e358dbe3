// Which people, organizations and countries have names near the words of $query, for each name its thing?
CALL db.index.fulltext.queryNodes('names', $query, {limit: 500})
YIELD node, score
CALL (node) {
  WITH node
  WHERE node:Country OR node:Organization OR node:Person
  RETURN node AS thing
  UNION
  MATCH (node)-[:REFERS_TO]->(thing)
  RETURN thing
}
WITH thing, max(score) AS score
ORDER BY score DESC, thing.id
LIMIT 50
RETURN thing.id AS id, labels(thing) AS labels, thing.name AS name, coalesce(thing.aliases, []) AS aliases
