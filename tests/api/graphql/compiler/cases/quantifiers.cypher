// $p0: 'said'
// $p1: 2
// $p2: 'expert'
// $p3: datetime.date(2024, 1, 1)
// $p4: 'dam'
// $p5: 3
RETURN
COLLECT { CALL () { MATCH (n0:Article) USING INDEX n0:Article(published) WHERE n0.published IS NOT NULL AND COUNT { MATCH (n0)-[:MENTIONS]->(n1) WHERE (n1:Country) RETURN DISTINCT n1 } = 1 AND NOT EXISTS { MATCH (n0)<-[:STATED_IN]-(n2) WHERE NOT (coalesce(n2.cue = $p0, false)) } AND COUNT { (n0)<-[:STATED_IN]-() } >= $p1 AND NOT EXISTS { MATCH (n0)<-[:IN_ARTICLE]-(n3:Citation) WHERE n3.role = $p2 } AND (n0.published >= $p3 OR NOT EXISTS { MATCH (n0)-[:PUBLISHED_BY]->(n4) }) AND NOT (coalesce(n0.title CONTAINS $p4, false)) RETURN n0 ORDER BY n0.published DESC, n0.id LIMIT $p5
UNION ALL MATCH (n0:Article) WHERE n0.published IS NULL AND COUNT { MATCH (n0)-[:MENTIONS]->(n1) WHERE (n1:Country) RETURN DISTINCT n1 } = 1 AND NOT EXISTS { MATCH (n0)<-[:STATED_IN]-(n2) WHERE NOT (coalesce(n2.cue = $p0, false)) } AND COUNT { (n0)<-[:STATED_IN]-() } >= $p1 AND NOT EXISTS { MATCH (n0)<-[:IN_ARTICLE]-(n3:Citation) WHERE n3.role = $p2 } AND (n0.published >= $p3 OR NOT EXISTS { MATCH (n0)-[:PUBLISHED_BY]->(n4) }) AND NOT (coalesce(n0.title CONTAINS $p4, false)) RETURN n0 ORDER BY n0.id LIMIT $p5 }
WITH n0 LIMIT $p5
RETURN [n0.id] } AS c0
