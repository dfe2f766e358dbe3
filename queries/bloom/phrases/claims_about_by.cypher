// Claims about $country by $person
// What this person reportedly claims about the country, with the statements that express it.
// $country: String, countries
// $person: String, speakers
MATCH path = (:Person {name: $person})<-[:ATTRIBUTED_TO]-(:Statement)-[:EXPRESSES]->(:Claim)-[:ABOUT]->(:Country {name: $country})
RETURN path
LIMIT 300
