// Link articles to what their mentions refer to, and to nothing else.
UNWIND $ids AS id
MATCH (article:Article {id: id})
OPTIONAL MATCH (article)<-[:IN_ARTICLE]-(mention:Mention WHERE mention.spans IS NOT NULL)-[:REFERS_TO]->(entity)
WITH article, collect(DISTINCT entity) AS wanted
CALL (article, wanted) {
  MATCH (article)-[old:MENTIONS]->(entity)
  WHERE NOT entity IN wanted
  DELETE old
}
FOREACH (entity IN wanted | MERGE (article)-[:MENTIONS]->(entity))
