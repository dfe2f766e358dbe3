// Keep the ids of articles unique, as in a real graph; for the training run.
CREATE CONSTRAINT training_articles IF NOT EXISTS
FOR (node:Article)
REQUIRE node.id IS UNIQUE
