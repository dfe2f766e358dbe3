// The origins of these claims are found.
UNWIND $ids AS id
MATCH (claim:Claim {id: id})
REMOVE claim._origins
