// Which countries are statements about? The most discussed first.
MATCH (country:Country)
WITH country, COUNT { (country)<-[:ABOUT]-(:Statement) } AS statements
WHERE statements > 0
RETURN country.name AS name
ORDER BY statements DESC, name
LIMIT 300
