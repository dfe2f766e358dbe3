// Statements with the words $words
// Full-text search in statements, with speakers and articles, best match first.
// $words: String
CALL db.index.fulltext.queryNodes('said', $words, {limit: 100}) YIELD node, score
WITH node AS statement, score
WHERE statement:Statement
MATCH path = (statement)-[:STATED_IN]->(:Article)
OPTIONAL MATCH by = (statement)-[:ATTRIBUTED_TO]->()
RETURN path, by
ORDER BY score DESC
LIMIT 100
