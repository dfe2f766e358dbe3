// Write what is known of articles, and by which run.
UNWIND $rows AS row
MATCH (article:Article {id: row.id})
SET article += row.properties
WITH article, row
MATCH (run:ExtractionRun {id: $run})
MERGE (article)-[:EXTRACTED_BY]->(run)
WITH article, row
MATCH (outlet:Organization {id: row.outlet})
MERGE (article)-[:PUBLISHED_BY]->(outlet)
