// Link statements to the agents they are attributed to.
UNWIND $rows AS row
MATCH (statement:Statement {id: row.source})
OPTIONAL MATCH (person:Person {id: row.target})
OPTIONAL MATCH (organization:Organization {id: row.target})
OPTIONAL MATCH (country:Country {id: row.target})
WITH statement, coalesce(person, organization, country) AS agent
WHERE agent IS NOT NULL
MERGE (statement)-[:ATTRIBUTED_TO]->(agent)
