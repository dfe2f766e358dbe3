// About which countries does the graph say most?
MATCH (country:Country)
RETURN country.name AS name
ORDER BY COUNT { (country)--() } DESC, country.id
LIMIT $first
