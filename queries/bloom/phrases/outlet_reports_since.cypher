// What $outlet reports on $country since $date
// The outlet's articles that name the country, and the statements about it in them.
// $outlet: String, outlets
// $country: String, countries
// $date: String, days
MATCH path = (outlet:Organization {name: $outlet})<-[:PUBLISHED_BY]-(article:Article)-[:MENTIONS]->(country:Country {name: $country})
WHERE outlet:Outlet AND article.published >= date($date)
OPTIONAL MATCH said = (article)<-[:STATED_IN]-(:Statement)-[:ABOUT]->(country)
RETURN path, said
LIMIT 300
