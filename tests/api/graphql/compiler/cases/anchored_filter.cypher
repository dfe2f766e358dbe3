// $p0: 'Ada'
// $p1: 'country/CN'
// $p2: 20
RETURN
COLLECT { MATCH (n0:Statement)-[:ABOUT]->(n2:Country) WHERE EXISTS { MATCH (n0)-[:ATTRIBUTED_TO]->(n1) WHERE n1.name STARTS WITH $p0 } AND n2.id = $p1
WITH * ORDER BY n0.published IS NULL, n0.published DESC, n0.start, n0.id
LIMIT $p2
RETURN [n0.id, n0.text, COLLECT { MATCH (n0)-[:STATED_IN]->(n3) RETURN [n3.title] }[0]] } AS c0
