// The claims in nearly the same words as these.
UNWIND $ids AS id
MATCH (:Claim {id: id})<-[:BETWEEN]-(:ClaimMatch)-[:BETWEEN]->(other:Claim)
RETURN DISTINCT id, other.id AS other
ORDER BY id, other
