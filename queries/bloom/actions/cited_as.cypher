// Show the roles in which these are cited
MATCH (cited)
WHERE elementId(cited) IN $nodes
MATCH path = (cited)<-[:OF]-(:Citation)-[:IN_ARTICLE|AFFILIATED_WITH]->()
RETURN path
LIMIT 300
