// Unnamed sources on $country
// Statements about the country that no named source answers for.
// $country: String, countries
MATCH path = (:Country {name: $country})<-[:ABOUT]-(statement:Statement)-[:STATED_IN]->(:Article)
WHERE NOT EXISTS { (statement)-[:ATTRIBUTED_TO]->() }
RETURN path
LIMIT 300
