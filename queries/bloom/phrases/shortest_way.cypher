// Shortest path between $a and $b
// How two people, organizations or countries are connected, in at most six steps.
// $a: String, things
// $b: String, things
CALL () {
  MATCH (start:Person {name: $a})
  RETURN start
  UNION
  MATCH (start:Organization {name: $a})
  RETURN start
  UNION
  MATCH (start:Country {name: $a})
  RETURN start
}
CALL () {
  MATCH (end:Person {name: $b})
  RETURN end
  UNION
  MATCH (end:Organization {name: $b})
  RETURN end
  UNION
  MATCH (end:Country {name: $b})
  RETURN end
}
WITH start, end
WHERE start <> end
MATCH path = shortestPath((start)-[:WRITTEN_BY|PUBLISHED_BY|CITES|MENTIONS|STATED_IN|ATTRIBUTED_TO|REPORTED_VIA|SOURCE_COUNTRY|EXPRESSES|ABOUT*..6]-(end))
RETURN path
LIMIT 10
