// Link articles to the agents they cite.
UNWIND $rows AS row
MATCH (article:Article {id: row.source})
MATCH (:Name {id: row.target})-[:DENOTES]->(agent)
MERGE (article)-[:CITES]->(agent)
