// What is searched for in the statements after $after: their words, who says them, and under which title?
MATCH (statement:Statement)-[:STATED_IN]->(article:Article)
WHERE statement.id > $after
  AND ($everything OR statement._words IS NULL OR (statement._vector IS NULL AND $vectors))
WITH statement, article
ORDER BY statement.id
LIMIT $limit
RETURN statement.id AS id, statement.text AS text, article.title AS title, coalesce(
    [(statement)-[:ATTRIBUTED_TO]->(document:Document) | document.name][0],
    [(statement)-[:ATTRIBUTED_TO]->(country:Country)<-[:REFERS_TO]-(mention:Mention)-[:IN_ARTICLE]->(article)
      | mention.name][0],
    [(:Name {id: statement.sourceName})<-[:USES_NAME]-(mention:Mention)-[:IN_ARTICLE]->(article) | mention.name][0],
    statement.source
  ) AS speaker
ORDER BY id
