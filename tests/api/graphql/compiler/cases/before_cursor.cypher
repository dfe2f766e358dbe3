// $p0: 2
// $p1: datetime.date(2024, 1, 1)
// $p2: 'article/1f'
// $p3: datetime.date(2024, 1, 1)
// $p4: 2
// $p5: 3
RETURN
reverse(COLLECT { CALL () { WITH 1 AS once WHERE $p1 IS NULL MATCH (n0:Article) WHERE n0.published IS NULL AND n0.id < $p2 RETURN n0 ORDER BY n0.id DESC LIMIT $p0 + 1
UNION ALL WITH 1 AS once WHERE $p1 IS NULL MATCH (n0:Article) USING INDEX n0:Article(published) WHERE n0.published IS NOT NULL RETURN n0 ORDER BY n0.published, n0.id DESC LIMIT $p0 + 1
UNION ALL MATCH (n0:Article) USING INDEX n0:Article(published) WHERE n0.published IS NOT NULL AND n0.published >= $p1 AND ((n0.published > $p1 OR ($p1 IS NULL AND n0.published IS NOT NULL)) OR ((n0.published = $p1 OR (n0.published IS NULL AND $p1 IS NULL)) AND n0.id < $p2)) RETURN n0 ORDER BY n0.published, n0.id DESC LIMIT $p0 + 1 }
WITH n0 LIMIT $p0 + 1
RETURN [n0.id] }) AS c0,
reverse(COLLECT { MATCH (n1:Article) USING INDEX n1:Article(published) WHERE n1.published IS NOT NULL AND n1.published >= $p3
WITH n1 ORDER BY n1.published, n1.id DESC LIMIT $p4
RETURN [n1.id] }) AS c1,
reverse(COLLECT { MATCH (n2:Person)
WITH *, COUNT { (n2)<-[:WRITTEN_BY]-() } AS n2_0
WITH * ORDER BY n2_0, n2.id DESC
LIMIT $p5
RETURN [n2_0, n2.id] }) AS c2
