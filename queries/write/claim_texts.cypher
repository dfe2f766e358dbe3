// Set the words of claims.
UNWIND $rows AS row
MATCH (claim:Claim {id: row.id})
SET claim.text = row.text
