// Has any run but this one written to the database?
RETURN EXISTS { MATCH (run:ExtractionRun) WHERE run.id <> $run } AS any
