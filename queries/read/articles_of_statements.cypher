// In which articles do these statements stand?
UNWIND $ids AS id
MATCH (:Statement {id: id})-[:STATED_IN]->(article:Article)
RETURN id AS statement, article.id AS article
ORDER BY article, statement
