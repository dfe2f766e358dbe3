// Set the sketches of claims.
UNWIND $rows AS row
MATCH (claim:Claim {id: row.id})
SET claim.sketch1 = row.sketch1, claim.sketch2 = row.sketch2,
    claim.sketch3 = row.sketch3, claim.sketch4 = row.sketch4
