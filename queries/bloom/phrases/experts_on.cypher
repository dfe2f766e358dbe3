// Experts on $country
// People cited as experts in articles about the country, how they are described, and what they claim.
// $country: String, countries
MATCH path = (country:Country {name: $country})<-[:MENTIONS]-(article:Article)<-[:IN_ARTICLE]-(:Citation {role: 'expert'})-[:OF]->(expert)
OPTIONAL MATCH said = (article)<-[:STATED_IN]-(statement:Statement)-[:ATTRIBUTED_TO]->(expert)
WHERE (statement)-[:ABOUT]->(country)
RETURN path, said
LIMIT 300
