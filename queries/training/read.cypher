// Which articles have these words in their title, and who wrote what with whom? For the training run.
CALL db.index.fulltext.queryNodes('training_titles', $words) YIELD node AS article, score
MATCH (article)-[:WRITTEN_BY]->(author:Person)
WHERE article.id IN $ids AND EXISTS { (author)<-[:WRITTEN_BY]-() }
CALL (author) {
  MATCH (author)<-[:WRITTEN_BY]-(other:Article)
  OPTIONAL MATCH (other)-[:WRITTEN_BY]->(colleague:Person)
  WITH other, collect(DISTINCT colleague.id) AS colleagues
  ORDER BY other.id
  RETURN collect({id: other.id, title: coalesce(other.title, ''), colleagues: colleagues})[..10] AS others
}
RETURN article.id AS id, max(score) AS score, count(*) AS authors, collect(others) AS others
ORDER BY score DESC, id
LIMIT 10
