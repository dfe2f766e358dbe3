// Link articles to their authors.
UNWIND $rows AS row
MATCH (article:Article {id: row.source})
MATCH (person:Person {id: row.target})
MERGE (article)-[:WRITTEN_BY]->(person)
