// Which people are quoted? The most quoted first.
MATCH (person:Person)
WITH person, COUNT { (person)<-[:ATTRIBUTED_TO]-() } AS statements
WHERE statements > 0
RETURN person.name AS name
ORDER BY statements DESC, name
LIMIT 300
