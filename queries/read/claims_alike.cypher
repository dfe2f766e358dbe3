// Claims that share a sketch with these.
UNWIND $ids AS id
MATCH (claim:Claim {id: id})
CALL (claim) {
  MATCH (other:Claim {sketch1: claim.sketch1})
  WHERE other <> claim
  RETURN other
  UNION
  MATCH (other:Claim {sketch2: claim.sketch2})
  WHERE other <> claim
  RETURN other
  UNION
  MATCH (other:Claim {sketch3: claim.sketch3})
  WHERE other <> claim
  RETURN other
  UNION
  MATCH (other:Claim {sketch4: claim.sketch4})
  WHERE other <> claim
  RETURN other
}
RETURN id, other.id AS other, other.text AS text
ORDER BY id, other
