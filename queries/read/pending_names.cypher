// Names that wait to be compared with others.
MATCH (name:Name {resolution: 'pending'})
RETURN name.id AS id, name.matchKey AS key
ORDER BY id
LIMIT $limit
