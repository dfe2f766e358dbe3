// Which $first articles are the newest, by whom, and with how many statements?
MATCH (article:Article)
WITH article
ORDER BY coalesce(article.published, date('0001-01-01')) DESC, article.id
LIMIT $first
RETURN article.id AS id,
       coalesce(article.title, left(article.text, 90)) AS title,
       article.published AS published,
       [(article)-[:PUBLISHED_BY]->(outlet) | outlet.name] AS outlets,
       COLLECT {
         MATCH (article)-[:WRITTEN_BY]->(author)
         RETURN author.name AS name
         ORDER BY name, author.id
       } AS authors,
       COUNT {
         (article)<-[:STATED_IN]-(statement:Statement)
         WHERE NOT statement.act IN ['believed', 'wanted']
       } AS statements
ORDER BY coalesce(published, date('0001-01-01')) DESC, id
