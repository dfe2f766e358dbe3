// Show the statements about these countries
MATCH (country:Country)
WHERE elementId(country) IN $nodes
MATCH path = (country)<-[:ABOUT]-(:Statement)-[:ATTRIBUTED_TO]->()
RETURN path
LIMIT 300
