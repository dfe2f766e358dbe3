// All corrections of names.
MATCH (correction:Correction)
RETURN correction.id AS id, correction.kind AS kind, correction.pair AS pair, correction.decidedAt AS decidedAt
ORDER BY id
