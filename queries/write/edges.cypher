// Link nodes by {type}: merged, or created where none can be. The transaction knows them by their element ids.
UNWIND $rows AS row
MATCH (source)
WHERE elementId(source) = row[0]
MATCH (target)
WHERE elementId(target) = row[1]
{write} (source)-[:{type}]->(target)
