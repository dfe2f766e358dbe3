// Show the shortest paths between these
MATCH (start)
WHERE elementId(start) IN $nodes
MATCH (end)
WHERE elementId(end) IN $nodes AND elementId(start) < elementId(end)
MATCH path = shortestPath((start)-[:WRITTEN_BY|PUBLISHED_BY|CITES|MENTIONS|STATED_IN|ATTRIBUTED_TO|REPORTED_VIA|SOURCE_COUNTRY|EXPRESSES|ABOUT*..6]-(end))
RETURN path
LIMIT 300
