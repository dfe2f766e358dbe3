// $p0: 2
// $p1: datetime.date(2024, 1, 1)
// $p2: 'article/1f'
RETURN
COLLECT { CALL () { MATCH (n0:Article) USING INDEX n0:Article(published) WHERE n0.published IS NOT NULL AND n0.published <= $p1 AND ((n0.published < $p1 OR (n0.published IS NULL AND $p1 IS NOT NULL)) OR ((n0.published = $p1 OR (n0.published IS NULL AND $p1 IS NULL)) AND n0.id > $p2)) RETURN n0 ORDER BY n0.published DESC, n0.id LIMIT $p0
UNION ALL MATCH (n0:Article) WHERE n0.published IS NULL AND ($p1 IS NOT NULL OR n0.id > $p2) RETURN n0 ORDER BY n0.id LIMIT $p0 }
WITH n0 LIMIT $p0
RETURN [n0.id] } AS c0
