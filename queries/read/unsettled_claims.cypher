// Claims whose origins have to be found.
MATCH (claim:Claim {_origins: 'pending'})
RETURN claim.id AS id
ORDER BY id
LIMIT $limit
