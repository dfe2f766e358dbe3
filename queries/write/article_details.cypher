// Write what is known of articles, in the place of what another run found, and by which run.
UNWIND $rows AS row
MATCH (article:Article {id: row.id})
WITH article, row, row.properties AS found
SET article = found {.*, id: article.id, locations: article.locations}
WITH article, row
MATCH (run:ExtractionRun {id: $run})
CREATE (article)-[:EXTRACTED_BY]->(run)
WITH article, row
MATCH (:Name {id: row.outlet})-[:DENOTES]->(outlet:Organization)
CREATE (article)-[:PUBLISHED_BY]->(outlet)
