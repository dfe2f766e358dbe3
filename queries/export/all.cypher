// How many nodes are there?
MATCH (node)
RETURN count(node) AS nodes
