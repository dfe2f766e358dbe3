// Denials about $country
// What is denied or refused about the country, and by whom.
// $country: String, countries
MATCH path = (:Country {name: $country})<-[:ABOUT]-(statement:Statement {denied: true})
OPTIONAL MATCH by = (statement)-[:ATTRIBUTED_TO]->()
RETURN path, by
LIMIT 300
