// What $source says about $country
// Statements of those who speak for one country about another.
// $source: String, voices
// $country: String, countries
MATCH path = (:Country {name: $source})<-[:SOURCE_COUNTRY]-(statement:Statement)-[:ABOUT]->(:Country {name: $country})
OPTIONAL MATCH by = (statement)-[:ATTRIBUTED_TO]->()
RETURN path, by
LIMIT 300
