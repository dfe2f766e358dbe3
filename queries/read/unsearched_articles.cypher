// What is searched for in the articles after $after?
MATCH (article:Article)
WHERE article.id > $after
RETURN article.id AS id, article.title AS title, article.text AS text
ORDER BY id
LIMIT $limit
