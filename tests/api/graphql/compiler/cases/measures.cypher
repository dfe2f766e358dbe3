// $p0: 'said'
// $p1: 'organization/reuters'
// $p2: 25
// $p3: 5
// $p4: 2
RETURN
COLLECT { MATCH (n0:Statement)-[:STATED_IN]->(n1)-[:PUBLISHED_BY]->(n2:Outlet&Organization) WHERE n0.act = $p0 AND n2.id = $p1
WITH DISTINCT n0
WITH n0.sourceRole AS n0_value, count(*) AS n0_total, sum(n0.words) AS n0_words, sum(CASE WHEN n0.sourceRole <> 'unnamed' THEN 1 ELSE 0 END) AS n0_named, sum(CASE WHEN n0.third = 'first' THEN 1 ELSE 0 END) AS n0_firstThird
WHERE n0_value IS NOT NULL
WITH n0_value, n0_total, n0_words, n0_named, n0_firstThird ORDER BY n0_total DESC, n0_value LIMIT $p2
RETURN [n0_value, n0_total, n0_words, n0_named, n0_firstThird] } AS c0,
COLLECT { MATCH (n3:Statement)-[:STATED_IN]->(n4)-[:PUBLISHED_BY]->(n5:Outlet&Organization) WHERE n3.act = $p0 AND n5.id = $p1
WITH DISTINCT n3
MATCH (n3)-[:STATED_IN]->(n6)
MATCH (n6)-[:WRITTEN_BY]->(n7)
OPTIONAL MATCH (n3)-[:STATED_IN]->(n3_article)
OPTIONAL MATCH (n3)-[:ATTRIBUTED_TO]->(n3_speaker)
WITH n7, count(*) AS n3_total, count(DISTINCT n3_article) AS n3_articles, count(DISTINCT n3_speaker) AS n3_sources, count(DISTINCT n3_article.id + ' ' + n3_speaker.id) AS n3_articleSources, sum(CASE WHEN n3.sourceRole = 'expert' THEN 1 ELSE 0 END) AS n3_expert
ORDER BY n3_total DESC, n7.id LIMIT $p3
RETURN [[n7.name], n3_total, n3_articles, n3_sources, n3_articleSources, n3_expert] } AS c1,
COLLECT { MATCH (n8:Statement)-[:STATED_IN]->(n9)-[:PUBLISHED_BY]->(n10:Outlet&Organization) WHERE n8.act = $p0 AND n10.id = $p1
WITH DISTINCT n8
WITH left(toString(n8.published), 7) AS n8_value, count(*) AS n8_total
WHERE n8_value IS NOT NULL
WITH n8_value, n8_total ORDER BY n8_value DESC LIMIT $p4
RETURN [n8_value, n8_total] } AS c2
