// Let claims wait until their origins are found: those that more than one article makes, or that have origins or matches.
UNWIND $ids AS id
MATCH (claim:Claim {id: id})
WHERE EXISTS { (claim)<-[:CLAIMS|BETWEEN]-() }
   OR size(COLLECT {
     MATCH (claim)<-[:EXPRESSES]-(:Statement)-[:STATED_IN]->(article:Article)
     RETURN DISTINCT article.id
     LIMIT 2
   }) > 1
SET claim._origins = 'pending'
