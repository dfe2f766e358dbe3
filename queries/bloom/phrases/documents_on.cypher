// What documents show about $country
// Memos, studies and other documents cited about the country, and the articles that cite them.
// $country: String, countries
MATCH path = (:Country {name: $country})<-[:ABOUT]-(:Statement)-[:ATTRIBUTED_TO]->(:Document)-[:IN_ARTICLE]->(:Article)
RETURN path
LIMIT 300
