// Whom names denote.
UNWIND $ids AS id
MATCH (:Name {id: id})-[:DENOTES]->(entity)
RETURN collect([id, entity.id, elementId(entity)]) AS denoted
