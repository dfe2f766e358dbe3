// $p0: 25
// $p1: 'person/ada'
RETURN
COLLECT { MATCH (n0:Person {id: $p1}) RETURN [n0.name, COLLECT { MATCH (n0)<-[:ATTRIBUTED_TO]-(n1)
WITH * ORDER BY n1.published IS NULL, n1.published DESC, n1.start, n1.id
LIMIT $p0
RETURN [n1.id] }] }[0] AS c0
