// Say by which names articles know their authors and their outlet; what was said before stays.
MATCH (article:Article)
CALL (article) {
  OPTIONAL MATCH (article)-[:WRITTEN_BY]->(author:Person)
  WITH article, author
  ORDER BY author.id
  WITH article, collect('name/' + replace(author.id, '/', '-')) AS authors
  OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Organization)
  SET article.authorNames = coalesce(article.authorNames, CASE WHEN authors = [] THEN null ELSE authors END),
      article.outletName = coalesce(article.outletName, 'name/' + replace(outlet.id, '/', '-'))
} IN TRANSACTIONS OF 10000 ROWS
