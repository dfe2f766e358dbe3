// What is the busiest part of the graph: $things at most with the most on them, statements between them?
CALL () {
  MATCH (thing:Article|Person|Organization|Country|Document)
  WITH thing
  ORDER BY COUNT { (thing)--() } DESC, thing.id
  WITH collect(thing) AS every
  RETURN every[..$things] AS things, size(every) AS thingCount
}
CALL () {
  MATCH (statement:Statement)
  RETURN count(statement) AS statementCount
}
CALL (things) {
  UNWIND things AS thing
  CALL (thing) {
    MATCH (thing)<-[:STATED_IN|ATTRIBUTED_TO|ABOUT]-(statement:Statement)
    RETURN statement
    ORDER BY statement.id
    LIMIT $each
  }
  WITH statement, count(*) AS ties
  ORDER BY ties DESC, statement.id
  RETURN collect(statement)[..$size] AS statements
}
WITH things + statements[..$size - size(things)] AS nodes, thingCount + statementCount AS total
UNWIND nodes AS node
RETURN node.id AS id,
       labels(node) AS labels,
       CASE
         WHEN node:Article THEN node {.*, text: null, title: coalesce(node.title, left(node.text, 90))}
         ELSE node {.*}
       END AS properties,
       COUNT { (node)--() } AS degree,
       COLLECT {
         MATCH (node)-[edge:WRITTEN_BY|PUBLISHED_BY|MENTIONS|CITES|STATED_IN|ATTRIBUTED_TO|REPORTED_VIA|SOURCE_COUNTRY|PART_OF|ABOUT]->(other)
         WHERE other IN nodes AND NOT (edge:SOURCE_COUNTRY AND EXISTS { (node)-[:ATTRIBUTED_TO]->(other) })
         RETURN [other.id, type(edge)]
       } AS edges,
       [(node)-[:STATED_IN]->(article) | article.id] AS articles,
       total - size(nodes) AS leftOut
