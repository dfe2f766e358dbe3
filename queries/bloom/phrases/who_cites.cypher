// Who cites $expert
// The articles that cite this person, as what, and who wrote and published them.
// $expert: String, experts
MATCH path = (:Person {name: $expert})<-[:OF]-(:Citation)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH by = (article)-[:WRITTEN_BY|PUBLISHED_BY]->()
RETURN path, by
LIMIT 300
