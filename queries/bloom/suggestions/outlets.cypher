// Which outlets publish? Those of the most articles first.
MATCH (outlet:Outlet)
WITH outlet, COUNT { (outlet)<-[:PUBLISHED_BY]-() } AS articles
WHERE articles > 0
RETURN outlet.name AS name
ORDER BY articles DESC, name
LIMIT 300
