// Claims about $country by $person
// What this person is reported to claim about the country, with the statements that say it.
// $country: String, countries
// $person: String, speakers
MATCH path = (:Person {name: $person})<-[:ATTRIBUTED_TO]-(:Statement)-[:EXPRESSES]->(:Claim)-[:ABOUT]->(:Country {name: $country})
RETURN path
LIMIT 300
