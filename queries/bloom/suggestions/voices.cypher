// For which countries do sources speak? The most vocal first.
MATCH (country:Country)
WITH country, COUNT { (country)<-[:SOURCE_COUNTRY]-() } AS statements
WHERE statements > 0
RETURN country.name AS name
ORDER BY statements DESC, name
LIMIT 300
