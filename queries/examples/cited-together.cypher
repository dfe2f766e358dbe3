// Which person is cited in the same articles as the most others?
MATCH (person:Person)<-[:CITES]-(:Article)
WITH person
LIMIT 50000
WITH person, count(*) AS articles
ORDER BY articles DESC, person.id
LIMIT 100
CALL (person) {
  MATCH (person)<-[:CITES]-(article:Article)
  WITH article
  ORDER BY article.id
  LIMIT 100
  MATCH (article)-[:CITES]->(other)
  RETURN count(DISTINCT other) AS others
}
WITH person, articles, others
WHERE others > 1
WITH person, articles, others, COUNT { (person)<-[:ATTRIBUTED_TO]-() } AS statements
ORDER BY others DESC, articles DESC, statements DESC, person.id
LIMIT 1
RETURN person.id AS person
