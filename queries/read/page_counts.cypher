// What was found on each page, and in all: articles, authors, experts, countries, statements, claims?
MATCH (page:Page)
OPTIONAL MATCH (page)<-[:FROM_PAGE]-(article:Article)
OPTIONAL MATCH (article)-[:WRITTEN_BY]->(author:Person)
WITH page, collect(DISTINCT article) AS articles, count(DISTINCT author) AS authors
CALL (articles) {
  UNWIND articles AS article
  MATCH (article)<-[:IN_ARTICLE]-(:Citation {role: 'expert'})-[:OF]->(expert:Person)
  RETURN count(DISTINCT expert) AS experts
}
CALL (articles) {
  UNWIND articles AS article
  MATCH (article)-[:MENTIONS]->(country:Country)
  RETURN count(DISTINCT country) AS countries
}
CALL (articles) {
  UNWIND articles AS article
  MATCH (article)<-[:STATED_IN]-(statement:Statement)-[:EXPRESSES]->(claim:Claim)
  RETURN count(DISTINCT statement) AS statements, count(DISTINCT claim) AS claims
}
RETURN page.name AS name, size(articles) AS articles, authors, experts, countries, statements, claims
ORDER BY name, page.id
UNION ALL
CALL () {
  MATCH (article:Article)
  RETURN count(article) AS articles
}
CALL () {
  MATCH (author:Person)
  WHERE EXISTS { (author)<-[:WRITTEN_BY]-() }
  RETURN count(author) AS authors
}
CALL () {
  MATCH (:Citation {role: 'expert'})-[:OF]->(expert:Person)
  RETURN count(DISTINCT expert) AS experts
}
CALL () {
  MATCH (country:Country)
  WHERE EXISTS { (country)<-[:MENTIONS]-() }
  RETURN count(country) AS countries
}
CALL () {
  MATCH (statement:Statement)
  RETURN count(statement) AS statements
}
CALL () {
  MATCH (claim:Claim)
  RETURN count(claim) AS claims
}
RETURN null AS name, articles, authors, experts, countries, statements, claims
