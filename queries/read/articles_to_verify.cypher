// Which of these articles, or of those of these outlets, or of all, have statements, and how many?
MATCH (article:Article)
WHERE ($articles IS NULL OR article.id IN $articles)
  AND ($outlets IS NULL
    OR EXISTS {
      MATCH (article)-[:PUBLISHED_BY]->(outlet)
      WHERE outlet.id IN $outlets
    })
WITH article, COUNT { (article)<-[:STATED_IN]-(:Statement) } AS statements
RETURN article.id AS article, statements
ORDER BY article
