// On which country do the experts say most that are cited in articles which mention it?
MATCH (citation:Citation {role: 'expert'})-[:OF]->(expert:Person)
MATCH (citation)-[:IN_ARTICLE]->(article:Article)
WITH expert, article
LIMIT 10000
MATCH (article)-[:MENTIONS]->(country:Country)
CALL (country, expert, article) {
  MATCH (expert)<-[:ATTRIBUTED_TO]-(statement:Statement)-[:STATED_IN]->(article)
  RETURN count(statement) AS said, sum(COUNT { (statement)-[:ABOUT]->(country) }) AS about
}
WITH country, sum(about) AS about, sum(said) AS said, count(*) AS citations
RETURN country.id AS country
ORDER BY about DESC, said DESC, citations DESC, country.id
LIMIT 1
