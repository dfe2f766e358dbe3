// $p0: 'country/KE'
// $p1: 25
// $p2: 'person/ada'
// $p3: 25
// $p4: 'country/KE'
// $p5: 'country/FR'
// $p6: 25
RETURN
COLLECT { MATCH (start:Page|Article|Person|Organization|Country|Document|Statement|Claim|Citation|Mention|Name|Correction|ClaimMatch|Origin|Trace|ExtractionRun|Dataset {id: $p0})-[link:ABOUT]-(n0)
WITH n0, type(link) AS relationship, startNode(link) = start AS forward
WITH *
WITH * ORDER BY relationship, forward DESC, n0.id
LIMIT $p1
RETURN [relationship, forward, n0.id, labels(n0)] } AS c0,
COUNT { MATCH (start:Page|Article|Person|Organization|Country|Document|Statement|Claim|Citation|Mention|Name|Correction|ClaimMatch|Origin|Trace|ExtractionRun|Dataset {id: $p0})-[link:ABOUT]-(n1)
WITH n1, type(link) AS relationship, startNode(link) = start AS forward RETURN n1 } AS c1,
COLLECT { MATCH (:Person {id: $p2})<-[:CITES]-(article)-[:CITES]->(n2)
WITH n2, count(article) AS articles
WITH *
WITH * ORDER BY articles DESC, n2.id
LIMIT $p3
RETURN [articles, n2.name, labels(n2)] } AS c2,
COLLECT { MATCH (:Country {id: $p4})<-[:SOURCE_COUNTRY|ATTRIBUTED_TO]-(:Statement)-[:EXPRESSES]->(n3)-[:ABOUT]->(:Country {id: $p5})
WITH DISTINCT n3
WITH * ORDER BY n3.id
LIMIT $p6
RETURN [n3.text] } AS c3
