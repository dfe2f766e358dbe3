// Show as what these are cited, and where
MATCH (cited)
WHERE elementId(cited) IN $nodes
MATCH path = (cited)<-[:OF]-(:Citation)-[:IN_ARTICLE|AFFILIATED_WITH]->()
RETURN path
LIMIT 300
