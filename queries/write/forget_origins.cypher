// Delete the origins of claims; all claims that they were of wait until theirs are found anew.
UNWIND $ids AS id
MATCH (:Claim {id: id})<-[:CLAIMS]-(origin:Origin)
WITH DISTINCT origin
CALL (origin) {
  MATCH (origin)-[:CLAIMS]->(claim:Claim)
  SET claim._origins = 'pending'
}
OPTIONAL MATCH (origin)<-[:SUPPORTS]-(trace:Trace)
DETACH DELETE trace, origin
