// Which people, organizations and countries are named? The most named first.
MATCH (thing:Person|Organization|Country)
WITH thing, COUNT { (thing)<-[:MENTIONS]-() } AS articles
WHERE articles > 0
RETURN thing.name AS name
ORDER BY articles DESC, name
LIMIT 300
