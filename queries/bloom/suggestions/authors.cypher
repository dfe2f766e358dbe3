// Who writes? Those of the most articles first.
MATCH (person:Person)
WITH person, COUNT { (person)<-[:WRITTEN_BY]-() } AS articles
WHERE articles > 0
RETURN person.name AS name
ORDER BY articles DESC, name
LIMIT 300
