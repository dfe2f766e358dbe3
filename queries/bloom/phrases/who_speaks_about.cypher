// Who speaks about $country
// Everyone to whom a statement about the country is attributed, with the statement.
// $country: String, countries
MATCH path = (:Country {name: $country})<-[:ABOUT]-(:Statement)-[:ATTRIBUTED_TO]->()
RETURN path
LIMIT 300
