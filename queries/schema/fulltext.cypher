// Search the words of {labels}.
CREATE FULLTEXT INDEX {name} IF NOT EXISTS
FOR (node:{labels})
ON EACH [{keys}]
OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{analyzer}', `fulltext.eventually_consistent`: false}}}}
