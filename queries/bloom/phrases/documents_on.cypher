// What documents show about $country
// Memos, studies and other documents that are said to say something about the country, and where.
// $country: String, countries
MATCH path = (:Country {name: $country})<-[:ABOUT]-(:Statement)-[:ATTRIBUTED_TO]->(:Document)-[:IN_ARTICLE]->(:Article)
RETURN path
LIMIT 300
