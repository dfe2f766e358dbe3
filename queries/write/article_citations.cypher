// Link articles to the agents they cite.
UNWIND $rows AS row
MATCH (article:Article {id: row.source})
OPTIONAL MATCH (person:Person {id: row.target})
OPTIONAL MATCH (organization:Organization {id: row.target})
WITH article, coalesce(person, organization) AS agent
WHERE agent IS NOT NULL
MERGE (article)-[:CITES]->(agent)
