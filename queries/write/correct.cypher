// Write corrections of names, each in the place of what was decided of the two before.
UNWIND $rows AS row
MERGE (correction:Correction {id: row.id})
SET correction.kind = row.kind, correction.pair = row.pair, correction.decidedAt = $decidedAt
