// Which articles make these claims?
UNWIND $ids AS id
MATCH (claim:Claim {id: id})<-[:EXPRESSES]-(:Statement)-[:STATED_IN]->(article:Article)
RETURN id, collect(DISTINCT article.id) AS articles
ORDER BY id
