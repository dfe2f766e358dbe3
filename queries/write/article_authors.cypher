// Link articles to their authors.
UNWIND $rows AS row
MATCH (article:Article {id: row.source})
MATCH (:Name {id: row.target})-[:DENOTES]->(person:Person)
MERGE (article)-[:WRITTEN_BY]->(person)
