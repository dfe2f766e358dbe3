// Let the claims whose origins these articles belong to wait until these are found anew.
UNWIND $ids AS id
MATCH (:Article {id: id})<-[:ARTICLES]-(:Origin)-[:CLAIMS]->(claim:Claim)
SET claim._origins = 'pending'
