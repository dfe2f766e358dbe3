// Is there any node in the database?
MATCH (node)
RETURN elementId(node) AS node
LIMIT 1
