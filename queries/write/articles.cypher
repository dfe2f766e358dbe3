// Merge articles on their pages, and say which of them this run has written in full before.
UNWIND $rows AS row
MERGE (article:Article {id: row.id})
SET article.locations = [location IN coalesce(article.locations, []) WHERE location <> row.location] + row.location
WITH article, row
MATCH (page:Page {id: row.page})
MERGE (article)-[:FROM_PAGE]->(page)
RETURN DISTINCT article.id AS id,
       [(article)-[:EXTRACTED_BY]->(run:ExtractionRun) | run.id] AS runs
ORDER BY id
