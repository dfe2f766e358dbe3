// What $person says
// The person's statements, the articles that contain them, and the countries they are about.
// $person: String, speakers
MATCH path = (:Person {name: $person})<-[:ATTRIBUTED_TO]-(statement:Statement)-[:STATED_IN]->(:Article)
OPTIONAL MATCH about = (statement)-[:ABOUT]->(:Country)
RETURN path, about
LIMIT 300
