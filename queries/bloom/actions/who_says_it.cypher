// Show who makes these claims and statements
MATCH (said)
WHERE elementId(said) IN $nodes
MATCH path = (said)-[:EXPRESSES]-{0,1}(:Statement)-[:ATTRIBUTED_TO|STATED_IN]->()
RETURN path
LIMIT 300
