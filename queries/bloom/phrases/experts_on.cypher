// Experts on $country
// Who is cited as an expert in articles about the country, in which words, and with what claims.
// $country: String, countries
MATCH path = (country:Country {name: $country})<-[:MENTIONS]-(article:Article)<-[:IN_ARTICLE]-(:Citation {role: 'expert'})-[:OF]->(expert)
OPTIONAL MATCH said = (article)<-[:STATED_IN]-(statement:Statement)-[:ATTRIBUTED_TO]->(expert)
WHERE (statement)-[:ABOUT]->(country)
RETURN path, said
LIMIT 300
