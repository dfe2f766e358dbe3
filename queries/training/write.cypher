// Merge articles and their authors; a write like most of ours, for the training run.
UNWIND $rows AS row
MERGE (article:Article {id: row.id})
SET article += row.properties
WITH article, row
MERGE (author:Person {id: row.author})
MERGE (article)-[:WRITTEN_BY]->(author)
RETURN DISTINCT article.id AS id,
       [(article)-[:WRITTEN_BY]->(writer:Person) | writer.id] AS authors
ORDER BY id
