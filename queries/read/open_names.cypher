// Names that may be several entities', those that most articles use first.
MATCH (name:Name {resolution: 'open'})
RETURN name.id AS id, name.spelling AS spelling, name.matchKey AS key, COUNT { (name)<-[:USES_NAME]-() } AS articles
ORDER BY articles DESC, id
LIMIT $limit
