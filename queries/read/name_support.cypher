// How the mentions that are left spell and use names: nothing for a name that none uses any more.
UNWIND $ids AS id
MATCH (name:Name {id: id})
OPTIONAL MATCH (name)<-[:USES_NAME]-(mention:Mention)
RETURN id, collect(mention.name) AS spellings, collect(mention.forms) AS lists, collect(mention.kind) AS kinds
ORDER BY id
