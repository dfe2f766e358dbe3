// On which days were articles published? The latest first.
MATCH (article:Article)
WHERE article.published IS NOT NULL
WITH DISTINCT article.published AS day
RETURN toString(day) AS day
ORDER BY day DESC
LIMIT 300
