// Which expert, and which outlet that published him? Or who else, and what is linked to him? $from and
// $to may be given.
CALL () {
  WITH *
  WHERE $from IS NULL
  MATCH (from:Person)<-[:CITES]-(:Article)
  WITH from
  LIMIT 10000
  WITH from, count(*) AS articles
  RETURN from
  ORDER BY EXISTS { (from)<-[:CITES]-(:Article)-[:PUBLISHED_BY]->(:Outlet) } DESC,
           EXISTS { (from)<-[:OF]-(:Citation {role: 'expert'}) } DESC,
           articles DESC,
           COUNT { (from)<-[:ATTRIBUTED_TO]-() } DESC,
           from.id
  LIMIT 20
  UNION
  MATCH (from:Article|Claim|Country|Document|Organization|Person|Statement {id: $from})
  RETURN from
}
CALL (from) {
  WITH *
  WHERE $to IS NULL
  MATCH (from)<-[:ATTRIBUTED_TO|CITES|MENTIONS|WRITTEN_BY]-(near)
  WITH from, near
  LIMIT 1000
  MATCH (near)-[:CITES|MENTIONS|PUBLISHED_BY|WRITTEN_BY]->(to)
  WHERE to <> from
  RETURN to
  ORDER BY to:Outlet DESC, EXISTS { (near)-[:PUBLISHED_BY]->(to) } DESC, to:Person DESC, to.id
  LIMIT 1
  UNION
  MATCH (to:Article|Claim|Country|Document|Organization|Person|Statement {id: $to})
  RETURN to
}
RETURN from.id AS from, to.id AS to
LIMIT 1
