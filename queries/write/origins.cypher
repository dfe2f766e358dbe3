// Write origins of claims.
UNWIND $rows AS row
CREATE (origin:Origin {id: row.id})
SET origin.reasons = row.reasons
WITH origin, row
CALL (origin, row) {
  UNWIND row.articles AS id
  MATCH (article:Article {id: id})
  CREATE (origin)-[:ARTICLES]->(article)
}
CALL (origin, row) {
  UNWIND row.claims AS id
  MATCH (claim:Claim {id: id})
  CREATE (origin)-[:CLAIMS]->(claim)
}
CALL (origin, row) {
  UNWIND row.traces AS item
  MATCH (article:Article {id: item.article})
  CREATE (trace:Trace {id: item.id})
  SET trace.reason = item.reason, trace.span = item.span, trace.quote = item.quote
  CREATE (trace)-[:IN_ARTICLE]->(article)
  CREATE (trace)-[:SUPPORTS]->(origin)
}
