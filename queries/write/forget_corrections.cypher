// Take corrections back.
UNWIND $ids AS id
MATCH (correction:Correction {id: id})
DETACH DELETE correction
