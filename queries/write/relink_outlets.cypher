// Link articles to the outlets that their outlets' names denote, and to no other.
UNWIND $ids AS id
MATCH (article:Article {id: id})
OPTIONAL MATCH (:Name {id: article.outletName})-[:DENOTES]->(entity)
WITH article, collect(DISTINCT entity) AS wanted
CALL (article, wanted) {
  MATCH (article)-[old:PUBLISHED_BY]->(entity)
  WHERE NOT entity IN wanted
  DELETE old
}
FOREACH (entity IN wanted | MERGE (article)-[:PUBLISHED_BY]->(entity))
