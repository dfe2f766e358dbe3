// $p0: 50
// $p1: 25
RETURN
COLLECT { CALL () { MATCH (n0:Article) USING INDEX n0:Article(published) WHERE n0.published IS NOT NULL RETURN n0 ORDER BY n0.published DESC, n0.id LIMIT $p0
UNION ALL MATCH (n0:Article) WHERE n0.published IS NULL RETURN n0 ORDER BY n0.id LIMIT $p0 }
WITH n0 LIMIT $p0
RETURN [n0.title, COLLECT { MATCH (n0)<-[:STATED_IN]-(n1)
WITH * ORDER BY n1.start, n1.id
LIMIT $p1
RETURN [n1.text, COLLECT { MATCH (n1)-[:ATTRIBUTED_TO]->(n2) RETURN [n2.name, labels(n2)] }[0]] }] } AS c0
