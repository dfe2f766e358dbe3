// Which runs have written these articles in full.
UNWIND $ids AS id
MATCH (article:Article {id: id})
RETURN id, [(article)-[:EXTRACTED_BY]->(run:ExtractionRun) | run.id] AS runs
