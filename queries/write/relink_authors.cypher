// Link articles to whom the names of their authors denote, and to nobody else.
UNWIND $ids AS id
MATCH (article:Article {id: id})
OPTIONAL MATCH (name:Name WHERE name.id IN article.authorNames)-[:DENOTES]->(entity)
WITH article, collect(DISTINCT entity) AS wanted
CALL (article, wanted) {
  MATCH (article)-[old:WRITTEN_BY]->(entity)
  WHERE NOT entity IN wanted
  DELETE old
}
FOREACH (entity IN wanted | MERGE (article)-[:WRITTEN_BY]->(entity))
