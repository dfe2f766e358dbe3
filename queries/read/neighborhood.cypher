// What is around the thing $id: what hangs on it (at most $near), on that ($each of each), $size in all?
CALL () {
  MATCH (focus:Article {id: $id})
  RETURN focus
  UNION
  MATCH (focus:Person {id: $id})
  RETURN focus
  UNION
  MATCH (focus:Organization {id: $id})
  RETURN focus
  UNION
  MATCH (focus:Country {id: $id})
  RETURN focus
  UNION
  MATCH (focus:Document {id: $id})
  RETURN focus
  UNION
  MATCH (focus:Statement {id: $id})
  RETURN focus
  UNION
  MATCH (focus:Claim {id: $id})
  RETURN focus
}
CALL (focus) {
  MATCH (focus)-[:WRITTEN_BY|PUBLISHED_BY|MENTIONS|CITES|STATED_IN|ATTRIBUTED_TO|REPORTED_VIA|SOURCE_COUNTRY|PART_OF|EXPRESSES|ABOUT]-(near)
  WITH DISTINCT near
  ORDER BY COUNT { (near)--() } DESC, near.id
  RETURN collect(near) AS reached
}
WITH focus, reached[..$near] AS ring, size(reached) AS around
CALL (focus, ring) {
  UNWIND ring AS near
  CALL (near) {
    MATCH (near)-[:WRITTEN_BY|PUBLISHED_BY|MENTIONS|CITES|STATED_IN|ATTRIBUTED_TO|REPORTED_VIA|SOURCE_COUNTRY|PART_OF|EXPRESSES|ABOUT]-(far)
    RETURN far
    ORDER BY far.id
    LIMIT $each
  }
  WITH focus, ring, far, count(*) AS ties
  WHERE far <> focus AND NOT far IN ring
  WITH far, ties
  ORDER BY ties DESC, COUNT { (far)--() } DESC, far.id
  RETURN collect(far) AS others
}
WITH around - size(ring) AS leftOut, [focus] + ring + others[..$size - 1 - size(ring)] AS nodes
UNWIND nodes AS node
RETURN node.id AS id,
       labels(node) AS labels,
       CASE
         WHEN node:Article THEN node {.*, text: null, title: coalesce(node.title, left(node.text, 90))}
         ELSE node {.*}
       END AS properties,
       COUNT { (node)--() } AS degree,
       COLLECT {
         MATCH (node)-[edge:WRITTEN_BY|PUBLISHED_BY|MENTIONS|CITES|STATED_IN|ATTRIBUTED_TO|REPORTED_VIA|SOURCE_COUNTRY|PART_OF|EXPRESSES|ABOUT]->(other)
         WHERE other IN nodes AND NOT (edge:SOURCE_COUNTRY AND EXISTS { (node)-[:ATTRIBUTED_TO]->(other) })
         RETURN [other.id, type(edge)]
       } AS edges,
       [(node)-[:STATED_IN]->(article) | article.id] AS articles,
       leftOut
