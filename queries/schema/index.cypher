// Find the nodes labelled {label} by {key}, with a {kind} index.
CREATE {kind} INDEX {name} IF NOT EXISTS
FOR (node:{label})
ON (node.{key})
