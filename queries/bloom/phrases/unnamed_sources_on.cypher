// Unnamed sources on $country
// Statements about the country by unnamed sources.
// $country: String, countries
MATCH path = (:Country {name: $country})<-[:ABOUT]-(statement:Statement)-[:STATED_IN]->(:Article)
WHERE NOT EXISTS { (statement)-[:ATTRIBUTED_TO]->() }
RETURN path
LIMIT 300
