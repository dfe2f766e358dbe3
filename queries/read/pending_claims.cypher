// Claims that wait to be compared with others.
MATCH (claim:Claim {sketch1: 'pending'})
RETURN claim.id AS id, claim.text AS text
ORDER BY id
LIMIT $limit
