// Link articles to the entities they name.
UNWIND $rows AS row
MATCH (article:Article {id: row.source})
OPTIONAL MATCH (person:Person {id: row.target})
OPTIONAL MATCH (organization:Organization {id: row.target})
OPTIONAL MATCH (country:Country {id: row.target})
WITH article, coalesce(person, organization, country) AS entity
WHERE entity IS NOT NULL
MERGE (article)-[:MENTIONS]->(entity)
