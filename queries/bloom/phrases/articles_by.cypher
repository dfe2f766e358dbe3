// Articles by $author
// What this author wrote, where it was published, and whom it cites.
// $author: String, authors
MATCH path = (:Person {name: $author})<-[:WRITTEN_BY]-(article:Article)
OPTIONAL MATCH around = (article)-[:PUBLISHED_BY|CITES]->()
RETURN path, around
LIMIT 300
