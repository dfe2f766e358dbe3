// Whom is most of what is said attributed to?
MATCH (speaker)<-[:ATTRIBUTED_TO]-(statement:Statement)
RETURN speaker.id AS id, count(statement) AS statements
ORDER BY statements DESC, id
LIMIT 1
