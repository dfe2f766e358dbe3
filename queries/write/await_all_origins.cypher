// Let all claims wait that could have origins and have none.
MATCH (claim:Claim)
WHERE NOT EXISTS { (claim)<-[:CLAIMS]-() }
  AND (EXISTS { (claim)<-[:BETWEEN]-() }
    OR size(COLLECT {
      MATCH (claim)<-[:EXPRESSES]-(:Statement)-[:STATED_IN]->(article:Article)
      RETURN DISTINCT article.id
      LIMIT 2
    }) > 1)
CALL (claim) {
  SET claim._origins = 'pending'
} IN TRANSACTIONS OF 10000 ROWS
