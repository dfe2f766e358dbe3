// Merge claims; of several spellings the first by the alphabet counts, which prefers capitals.
UNWIND $rows AS row
MERGE (claim:Claim {id: row.id})
ON CREATE SET claim.sketch1 = row.sketch
SET claim.text = CASE WHEN claim.text < row.text THEN claim.text ELSE row.text END
