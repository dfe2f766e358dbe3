// What $outlet reports on $country since $date
// The outlet's articles that mention the country, and their statements about it.
// $outlet: String, outlets
// $country: String, countries
// $date: String, days
MATCH path = (outlet:Organization {name: $outlet})<-[:PUBLISHED_BY]-(article:Article)-[:MENTIONS]->(country:Country {name: $country})
WHERE outlet:Outlet AND article.published >= date($date)
OPTIONAL MATCH said = (article)<-[:STATED_IN]-(:Statement)-[:ABOUT]->(country)
RETURN path, said
LIMIT 300
