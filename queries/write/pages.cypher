// Merge pages, each marked as read by the run; of several names the first by the alphabet counts.
UNWIND $rows AS row
MERGE (page:Page {id: row.id})
SET page.name = CASE WHEN page.name < row.name THEN page.name ELSE row.name END,
    page.mediaType = CASE WHEN page.mediaType < row.mediaType THEN page.mediaType ELSE row.mediaType END,
    page.url = CASE WHEN row.url IS NULL OR page.url < row.url THEN page.url ELSE row.url END
WITH page
MATCH (run:ExtractionRun {id: $run})
MERGE (page)-[:EXTRACTED_BY]->(run)
