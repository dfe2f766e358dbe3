// $p0: 'en'
// $p1: 7
// $p2: 25
// $p3: 25
RETURN
COUNT { MATCH (n0:Article) WHERE n0.language = $p0 RETURN n0 } AS c0,
COLLECT { MATCH (n1:Article) WHERE n1.language = $p0
WITH n1.published AS n1_value, count(*) AS n1_total
WHERE n1_value IS NOT NULL
WITH n1_value, n1_total ORDER BY n1_value DESC LIMIT $p1
RETURN [toString(n1_value), n1_total] } AS c1,
COLLECT { MATCH (n2:Article) WHERE n2.language = $p0
MATCH (n2)<-[:STATED_IN]-(n3)
MATCH (n3)-[:ATTRIBUTED_TO]->(n4)
WITH n4, count(DISTINCT n2) AS n2_total
ORDER BY n2_total DESC, n4.id LIMIT $p2
RETURN [[n4.name, labels(n4)], n2_total] } AS c2,
COLLECT { MATCH (n5:Article) WHERE n5.language = $p0
MATCH (n5)<-[:IN_ARTICLE]-(n6:Citation)
WITH n6.role AS n5_value, count(DISTINCT n5) AS n5_total
WHERE n5_value IS NOT NULL
WITH n5_value, n5_total ORDER BY n5_total DESC, n5_value LIMIT $p3
RETURN [n5_value, n5_total] } AS c3
