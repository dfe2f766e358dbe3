// Which indexes are there and online, those behind constraints among them?
SHOW INDEXES
YIELD name, state
WHERE state = 'ONLINE'
RETURN name
ORDER BY name
