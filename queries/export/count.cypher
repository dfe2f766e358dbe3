// How many nodes bear the label {label}?
MATCH (node:{label})
RETURN count(node) AS nodes
