// Find the nodes labelled {label} whose {key} is near another.
CREATE VECTOR INDEX {name} IF NOT EXISTS
FOR (node:{label})
ON (node.{key})
OPTIONS {{indexConfig: {{`vector.dimensions`: {dimensions}, `vector.similarity_function`: 'cosine'}}}}
