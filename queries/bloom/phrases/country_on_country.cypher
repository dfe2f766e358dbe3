// What $source says about $country
// Statements about one country by those who speak for another.
// $source: String, voices
// $country: String, countries
MATCH path = (:Country {name: $source})<-[:SOURCE_COUNTRY]-(statement:Statement)-[:ABOUT]->(:Country {name: $country})
OPTIONAL MATCH by = (statement)-[:ATTRIBUTED_TO]->()
RETURN path, by
LIMIT 300
