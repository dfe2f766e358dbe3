// Name people anew from the names that denote them; those whom no name denotes and no mention means any more go.
UNWIND $ids AS id
MATCH (entity:Person {id: id})
OPTIONAL MATCH (entity)<-[:DENOTES]-(name:Name)
WITH entity, collect(name) AS names
FOREACH (gone IN CASE WHEN names = [] AND NOT EXISTS { (entity)<-[:REFERS_TO]-() } THEN [entity] ELSE [] END | DETACH DELETE gone)
WITH entity, names
WHERE names <> []
WITH entity,
     coalesce([name IN names WHERE name.id = 'name/' + replace(entity.id, '/', '-') | name.spelling][0],
              reduce(last = '', name IN names | CASE WHEN name.spelling > last THEN name.spelling ELSE last END)) AS name,
     reduce(all = [], name IN names | all + name.forms) AS forms
WITH entity, name, reduce(kept = [], form IN forms | CASE WHEN form IN kept OR form = name THEN kept ELSE kept + form END) AS aliases
SET entity.name = name,
    entity.aliases = CASE WHEN aliases = [] THEN null ELSE aliases END
