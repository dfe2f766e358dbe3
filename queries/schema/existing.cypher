// Which indexes are there and online, those behind constraints among them, and over what?
SHOW INDEXES
YIELD name, state, labelsOrTypes, properties
WHERE state = 'ONLINE'
RETURN name, labelsOrTypes AS labels, properties AS keys
ORDER BY name
