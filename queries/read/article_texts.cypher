// What do the articles of $ids say, by whom, and where?
MATCH (article:Article)
WHERE article.id IN $ids
RETURN article.id AS id,
       coalesce(article.title, left(article.text, 90)) AS title,
       article.subtitle AS subtitle,
       article.text AS text,
       article.language AS language,
       article.published AS published,
       article.url AS url,
       [(article)-[:PUBLISHED_BY]->(outlet) | outlet.name] AS outlets,
       COLLECT {
         MATCH (article)-[:WRITTEN_BY]->(author)
         RETURN author.name AS name
         ORDER BY name, author.id
       } AS authors
ORDER BY id
