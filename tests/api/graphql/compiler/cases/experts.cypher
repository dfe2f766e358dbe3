// $p0: 10
// $p1: 25
// $p2: 'article/1f'
RETURN
COLLECT { CALL () { MATCH (n0:Person) USING INDEX n0:Person(name) WHERE n0.name IS NOT NULL AND EXISTS { (n0)<-[:OF]-( {role: 'expert'}) } RETURN n0 ORDER BY n0.name, n0.id LIMIT $p0
UNION ALL MATCH (n0:Person) WHERE n0.name IS NULL AND EXISTS { (n0)<-[:OF]-( {role: 'expert'}) } RETURN n0 ORDER BY n0.id LIMIT $p0 }
WITH n0 LIMIT $p0
RETURN [n0.name] } AS c0,
COLLECT { MATCH (n1:Article {id: $p2}) RETURN [COLLECT { MATCH (n1)<-[:IN_ARTICLE]-(:Citation {role: 'expert'})-[:OF]->(n2:Person)
WITH DISTINCT n2
WITH * ORDER BY n2.name, n2.id
LIMIT $p1
RETURN [n2.name] }, COUNT { MATCH (n1)<-[:IN_ARTICLE]-(:Citation {role: 'expert'})-[:OF]->(n3:Person) RETURN DISTINCT n3 }] }[0] AS c1
