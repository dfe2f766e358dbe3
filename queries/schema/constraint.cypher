// Keep the ids of the nodes labelled {label} unique: the key every write merges on.
CREATE CONSTRAINT {name} IF NOT EXISTS
FOR (node:{label})
REQUIRE node.id IS UNIQUE
