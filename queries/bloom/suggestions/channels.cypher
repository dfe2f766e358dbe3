// Which outlets are told something? Those told the most first.
MATCH (outlet:Outlet)
WITH outlet, COUNT { (outlet)<-[:REPORTED_VIA]-() } AS statements
WHERE statements > 0
RETURN outlet.name AS name
ORDER BY statements DESC, name
LIMIT 300
