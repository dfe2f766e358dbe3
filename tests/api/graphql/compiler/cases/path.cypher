// $p0: 'person/ada'
// $p1: 'country/KE'
// $p2: 10
RETURN
COLLECT { MATCH (start:Page|Article|Person|Organization|Country|Document|Statement|Claim|Citation|Mention|Name|Correction|ClaimMatch|Origin|Trace|ExtractionRun|Dataset {id: $p0})
MATCH (end:Page|Article|Person|Organization|Country|Document|Statement|Claim|Citation|Mention|Name|Correction|ClaimMatch|Origin|Trace|ExtractionRun|Dataset {id: $p1}) WHERE start <> end
MATCH way = allShortestPaths((start)-[:FROM_PAGE|WRITTEN_BY|PUBLISHED_BY|MENTIONS|CITES|IN_ARTICLE|STATED_IN|ATTRIBUTED_TO|REPORTED_VIA|SOURCE_COUNTRY|PART_OF|EXPRESSES|ABOUT|OF|AFFILIATED_WITH|REFERS_TO|USES_NAME|DENOTES|BETWEEN|CLAIMS|ARTICLES|SUPPORTS*..3]-(end))
WITH way LIMIT 1000
WITH way, [node IN nodes(way) | node.id] AS ids, [link IN relationships(way) | [type(link), startNode(link).id, endNode(link).id]] AS links
ORDER BY ids, links LIMIT $p2
RETURN [length(way), COLLECT { UNWIND nodes(way) AS n0 RETURN [n0.id, labels(n0)] }, links] } AS c0
