// Delete claims that nobody states any more, with their matches, unlink countries that no statement of them names, and
// return the words of the statements that are left.
UNWIND $ids AS id
MATCH (claim:Claim {id: id})
OPTIONAL MATCH (claim)<-[:EXPRESSES]-(statement:Statement)
WITH claim, collect(statement.text) AS texts
CALL (claim) {
  MATCH (claim)-[edge:ABOUT]->(country:Country)
  WHERE NOT EXISTS { (claim)<-[:EXPRESSES]-(:Statement)-[:ABOUT]->(country) }
  DELETE edge
}
CALL (claim, texts) {
  MATCH (claim)<-[:BETWEEN]-(match:ClaimMatch)
  WHERE texts = []
  DETACH DELETE match
}
WITH claim, texts, claim.id AS id
FOREACH (gone IN CASE WHEN texts = [] THEN [claim] ELSE [] END | DETACH DELETE gone)
WITH id, texts
WHERE texts <> []
RETURN id, texts
ORDER BY id
