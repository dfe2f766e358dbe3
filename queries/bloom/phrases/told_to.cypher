// What is told to $outlet
// Statements made through this outlet, and who made them.
// $outlet: String, channels
MATCH path = (outlet:Organization {name: $outlet})<-[:REPORTED_VIA]-(statement:Statement)-[:STATED_IN]->(:Article)
WHERE outlet:Outlet
OPTIONAL MATCH by = (statement)-[:ATTRIBUTED_TO]->()
RETURN path, by
LIMIT 300
