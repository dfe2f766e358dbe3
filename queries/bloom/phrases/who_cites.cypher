// Who cites $expert
// The articles that cite this person, in which role, and their authors and outlets.
// $expert: String, experts
MATCH path = (:Person {name: $expert})<-[:OF]-(:Citation)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH by = (article)-[:WRITTEN_BY|PUBLISHED_BY]->()
RETURN path, by
LIMIT 300
