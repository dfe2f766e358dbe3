// $p0: 'said'
// $p1: datetime.date(2024, 1, 1)
// $p2: True
// $p3: 2
RETURN
COLLECT { WITH COUNT { MATCH (n1:Statement) USING INDEX n1:Statement(cue) WHERE n1.cue = $p0 RETURN n1 LIMIT 1000 } AS n2, COUNT { MATCH (n3:Statement) USING INDEX n3:Statement(negated) WHERE n3.negated = $p2 RETURN n3 LIMIT 1000 } AS n4
CALL (n2, n4) { WITH 1 AS once WHERE n2 < 1000 MATCH (n0:Statement) USING INDEX n0:Statement(cue) WHERE n0.cue = $p0 AND n0.published >= $p1 AND n0.negated = $p2
WITH * ORDER BY n0.published IS NULL, n0.published DESC, n0.id
LIMIT $p3 RETURN n0
UNION ALL WITH 1 AS once WHERE n2 = 1000 AND n4 < 1000 MATCH (n0:Statement) USING INDEX n0:Statement(negated) WHERE n0.cue = $p0 AND n0.published >= $p1 AND n0.negated = $p2
WITH * ORDER BY n0.published IS NULL, n0.published DESC, n0.id
LIMIT $p3 RETURN n0
UNION ALL WITH 1 AS once WHERE n2 = 1000 AND n4 = 1000 MATCH (n0:Statement) USING INDEX n0:Statement(published) WHERE n0.published IS NOT NULL AND n0.cue = $p0 AND n0.published >= $p1 AND n0.negated = $p2
WITH n0 ORDER BY n0.published DESC, n0.id LIMIT $p3 RETURN n0 }
WITH n0
RETURN [n0.id] } AS c0
