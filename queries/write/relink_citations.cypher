// Link articles to the agents of their citations, and to nobody else.
UNWIND $ids AS id
MATCH (article:Article {id: id})
OPTIONAL MATCH (article)<-[:IN_ARTICLE]-(:Citation)-[:OF]->(entity)
WITH article, collect(DISTINCT entity) AS wanted
CALL (article, wanted) {
  MATCH (article)-[old:CITES]->(entity)
  WHERE NOT entity IN wanted
  DELETE old
}
FOREACH (entity IN wanted | MERGE (article)-[:CITES]->(entity))
