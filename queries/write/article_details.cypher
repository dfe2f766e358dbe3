// Write what is known of articles, and by which run.
UNWIND $rows AS row
MATCH (article:Article {id: row.id})
SET article += row.properties
WITH article, row
MATCH (run:ExtractionRun {id: $run})
CREATE (article)-[:EXTRACTED_BY]->(run)
WITH article, row
MATCH (:Name {id: row.outlet})-[:DENOTES]->(outlet:Organization)
CREATE (article)-[:PUBLISHED_BY]->(outlet)
