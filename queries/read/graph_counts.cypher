// How many articles, people, organizations, countries, statements and claims does the graph hold?
CALL () {
  MATCH (article:Article)
  RETURN count(article) AS articles
}
CALL () {
  MATCH (person:Person)
  RETURN count(person) AS people
}
CALL () {
  MATCH (organization:Organization)
  RETURN count(organization) AS organizations
}
CALL () {
  MATCH (country:Country)
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
RETURN articles, people, organizations, countries, statements, claims
