// Who is cited as an expert? The most cited first.
MATCH (citation:Citation {role: 'expert'})-[:OF]->(person:Person)
WITH person, count(citation) AS citations
RETURN person.name AS name
ORDER BY citations DESC, name
LIMIT 300
