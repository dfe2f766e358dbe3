// Merge organizations with the forms of their names, as people are merged; outlets get their label.
UNWIND $rows AS row
MERGE (entity:Organization {id: row.id})
WITH entity, row, row.outlet AS isOutlet, CASE WHEN entity.name > row.name THEN entity.name ELSE row.name END AS name
WITH entity, name, isOutlet, coalesce(entity.aliases, []) + coalesce(entity.name, []) + row.forms AS forms
SET entity.name = name,
    entity.aliases = reduce(kept = [], form IN forms | CASE WHEN form IN kept OR form = name THEN kept ELSE kept + form END)
FOREACH (outlet IN CASE WHEN isOutlet THEN [entity] ELSE [] END | SET outlet:Outlet)
