// Name people anew from the mentions that are left; one whom no article names any more goes.
UNWIND $ids AS id
MATCH (entity:Person {id: id})
OPTIONAL MATCH (entity)<-[:REFERS_TO]-(mention:Mention)
WITH entity, collect(mention.name) AS names, collect(mention.forms) AS lists
FOREACH (gone IN CASE WHEN names = [] THEN [entity] ELSE [] END | DETACH DELETE gone)
WITH entity, names, lists
WHERE names <> []
WITH entity,
     reduce(last = names[0], name IN names | CASE WHEN name > last THEN name ELSE last END) AS name,
     reduce(all = names, list IN lists | all + list) AS forms
WITH entity, name, reduce(kept = [], form IN forms | CASE WHEN form IN kept OR form = name THEN kept ELSE kept + form END) AS aliases
SET entity.name = name,
    entity.aliases = CASE WHEN aliases = [] THEN null ELSE aliases END
