// $p0: 25
// $p1: 'article/1f'
RETURN
COLLECT { MATCH (n0:Article {id: $p1}) RETURN [n0.id, n0.title, toString(n0.published), COLLECT { MATCH (n0)-[:WRITTEN_BY]->(n1)
WITH * ORDER BY n1.name, n1.id
LIMIT $p0
RETURN [n1.name] }, COLLECT { MATCH (n0)-[:PUBLISHED_BY]->(n2) RETURN [n2.name] }[0]] }[0] AS c0
