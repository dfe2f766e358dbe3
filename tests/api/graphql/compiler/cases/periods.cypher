// $p0: 7
// $p1: 25
// $p2: 25
// $p3: 25
// $p4: 3
// $p5: 25
// $p6: 25
// $p7: 25
// $p8: 25
RETURN
COLLECT { MATCH (n0:Statement)
WITH left(toString(n0.published), 7) AS n0_value, count(*) AS n0_total
WHERE n0_value IS NOT NULL
WITH n0_value, n0_total ORDER BY n0_value DESC LIMIT $p0
RETURN [n0_value, n0_total] } AS c0,
COLLECT { MATCH (n1:Statement)
WITH n1.published.year AS n1_value, count(*) AS n1_total
WHERE n1_value IS NOT NULL
WITH n1_value, n1_total ORDER BY n1_value DESC LIMIT $p1
RETURN [n1_value, n1_total] } AS c1,
COLLECT { MATCH (n2:Statement)
WITH n2.act AS n2_value, count(*) AS n2_total
WHERE n2_value IS NOT NULL
WITH n2_value, n2_total ORDER BY n2_total DESC, n2_value LIMIT $p2
RETURN [n2_value, n2_total] } AS c2,
COLLECT { MATCH (n3:Claim)
MATCH (n3)<-[:EXPRESSES]-(n4)
WITH left(toString(n4.published), 7) AS n3_value, count(DISTINCT n3) AS n3_total
WHERE n3_value IS NOT NULL
WITH n3_value, n3_total ORDER BY n3_value DESC LIMIT $p3
RETURN [n3_value, n3_total] } AS c3,
COLLECT { MATCH (n5:Claim)
MATCH (n5)<-[:EXPRESSES]-(n6)
WITH n6.published.year AS n5_value, count(DISTINCT n5) AS n5_total
WHERE n5_value IS NOT NULL
WITH n5_value, n5_total ORDER BY n5_value DESC LIMIT $p4
RETURN [n5_value, n5_total] } AS c4,
COLLECT { MATCH (n7:Organization)
MATCH (n7)<-[:ATTRIBUTED_TO]-(n8)
MATCH (n8)-[:ABOUT]->(n9)
WITH n9, count(DISTINCT n7) AS n7_total
ORDER BY n7_total DESC, n9.id LIMIT $p5
RETURN [[n9.name], n7_total] } AS c5,
COLLECT { MATCH (n10:Organization)
MATCH (n10)<-[:CITES]-(n11)
MATCH (n11)-[:PUBLISHED_BY]->(n12)
WITH n12, count(DISTINCT n10) AS n10_total
ORDER BY n10_total DESC, n12.id LIMIT $p6
RETURN [[n12.name], n10_total] } AS c6,
COLLECT { MATCH (n13:Organization)
MATCH (n13)<-[:OF]-(n14)
WITH n14.role AS n13_value, count(DISTINCT n13) AS n13_total
WHERE n13_value IS NOT NULL
WITH n13_value, n13_total ORDER BY n13_total DESC, n13_value LIMIT $p7
RETURN [n13_value, n13_total] } AS c7,
COLLECT { MATCH (n15:Document)
MATCH (n15)-[:IN_ARTICLE]->(n16)
MATCH (n16)-[:PUBLISHED_BY]->(n17)
WITH n17, count(*) AS n15_total
ORDER BY n15_total DESC, n17.id LIMIT $p8
RETURN [[n17.name], n15_total] } AS c8
