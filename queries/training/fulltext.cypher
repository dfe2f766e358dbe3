// Search the words of titles, as in a real graph; for the training run.
CREATE FULLTEXT INDEX training_titles IF NOT EXISTS
FOR (node:Article)
ON EACH [node.title]
