// Who is cited with $person
// Everyone cited in the same articles as this person.
// $person: String, cited
MATCH path = (:Person {name: $person})<-[:CITES]-(:Article)-[:CITES]->()
RETURN path
LIMIT 300
