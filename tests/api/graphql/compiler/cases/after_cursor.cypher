// $p0: 10
// $p1: 3
// $p2: 'Ada'
// $p3: 'person/ada'
RETURN
COLLECT { MATCH (n0:Person)
WITH *, COUNT { (n0)<-[:ATTRIBUTED_TO]-() } AS n0_0
WHERE (n0_0 < $p1 OR (n0_0 = $p1 AND ((n0.name > $p2 OR (n0.name IS NULL AND $p2 IS NOT NULL)) OR ((n0.name = $p2 OR (n0.name IS NULL AND $p2 IS NULL)) AND n0.id > $p3))))
WITH * ORDER BY n0_0 DESC, n0.name, n0.id
LIMIT $p0 + 1
RETURN [n0_0, n0.name, n0.id, n0.name] } AS c0
