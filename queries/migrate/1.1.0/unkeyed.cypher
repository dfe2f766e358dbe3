// Names that have no key yet.
MATCH (name:Name)
WHERE name.matchKey IS NULL
RETURN name.id AS id
ORDER BY id
LIMIT $limit
