// Take articles off these pages; return those that stand on no other page.
UNWIND $ids AS id
MATCH (page:Page {id: id})<-[edge:FROM_PAGE]-(article:Article)
SET article.locations = [location IN article.locations WHERE NOT location STARTS WITH id + '#']
DELETE edge
WITH DISTINCT article
WHERE NOT EXISTS { (article)-[:FROM_PAGE]->() }
RETURN article.id AS id
ORDER BY id
