// Which articles were published on the day or later?
MATCH (article:Article)
WHERE article.published >= $since
RETURN article.id AS id
ORDER BY id
