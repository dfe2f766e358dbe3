// What belongs to each of these articles alone: its statements, citations and mentions?
UNWIND $ids AS id
MATCH (article:Article {id: id})<-[:STATED_IN|IN_ARTICLE]-(node)
RETURN DISTINCT article.id AS article,
       node.id AS id
ORDER BY article, id
