// Show the authors, outlets and sources of these articles
MATCH (article:Article)
WHERE elementId(article) IN $nodes
MATCH path = (article)-[:WRITTEN_BY|PUBLISHED_BY|CITES]->()
RETURN path
LIMIT 300
