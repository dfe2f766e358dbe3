// Which of these pages has this run read before, so that reading them again would add nothing?
UNWIND $rows AS row
MATCH (page:Page {id: row.id})-[:EXTRACTED_BY]->(:ExtractionRun {id: $run})
WHERE page.name <= row.name
  AND (row.url IS NULL OR page.url <= row.url)
RETURN row.key AS key
ORDER BY key
