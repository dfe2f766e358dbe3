// $p0: 1
// $p1: 2
RETURN
COLLECT { CALL () { MATCH (n0:Statement) USING INDEX n0:Statement(published) WHERE n0.published IS NOT NULL RETURN n0 ORDER BY n0.published DESC, n0.start, n0.id LIMIT $p0
UNION ALL MATCH (n0:Statement) WHERE n0.published IS NULL RETURN n0 ORDER BY n0.start, n0.id LIMIT $p0 }
WITH n0 LIMIT $p0
RETURN [COLLECT { MATCH (n0)-[:ATTRIBUTED_TO]->(n1) RETURN [n1.name, COUNT { (n1)<-[:ATTRIBUTED_TO]-() }, COUNT { (n1)<-[:WRITTEN_BY]-() }, COLLECT { MATCH (n1)<-[:ATTRIBUTED_TO]-(n2)
WITH * ORDER BY n2.published IS NULL, n2.published DESC, n2.start, n2.id
LIMIT $p1
RETURN [n2.id] }, COUNT { (n1)<-[:ATTRIBUTED_TO]-() }, COUNT { (n1)<-[:PUBLISHED_BY]-() }, n1.iso2, labels(n1)] }[0]] } AS c0
