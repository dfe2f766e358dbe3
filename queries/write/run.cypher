// Merge the extraction run; it began when it first did.
MERGE (run:ExtractionRun {id: $id})
ON CREATE SET run.startedAt = $startedAt
SET run += $properties
