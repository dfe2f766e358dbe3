// Which people are cited? The most cited first.
MATCH (person:Person)
WITH person, COUNT { (person)<-[:CITES]-() } AS articles
WHERE articles > 0
RETURN person.name AS name
ORDER BY articles DESC, name
LIMIT 300
