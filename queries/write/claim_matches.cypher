// Link claims that are the same but for a few words; their origins have to be found anew.
UNWIND $rows AS row
MATCH (one:Claim {id: row.one})
MATCH (other:Claim {id: row.other})
MERGE (match:ClaimMatch {id: row.id})
SET match.score = row.score
MERGE (match)-[:BETWEEN]->(one)
MERGE (match)-[:BETWEEN]->(other)
SET one._origins = 'pending', other._origins = 'pending'
