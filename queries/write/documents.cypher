// Create the documents that articles cite, each its article's own.
UNWIND $rows AS row
MATCH (article:Article {id: row.article})
CREATE (document:Document {id: row.id})
SET document += row.properties
CREATE (document)-[:IN_ARTICLE]->(article)
