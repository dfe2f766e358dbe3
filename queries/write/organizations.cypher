// Merge organizations with the forms of their names, as people are merged; outlets get their label.
UNWIND $rows AS row
MERGE (entity:Organization {id: row.id})
FOREACH (outlet IN CASE WHEN row.outlet THEN [entity] ELSE [] END | SET outlet:Outlet)
WITH entity, row, CASE WHEN entity.name > row.name THEN entity.name ELSE row.name END AS name
WITH entity, name, coalesce(entity.aliases, []) + coalesce(entity.name, []) + row.forms AS forms
WITH entity, name, reduce(kept = [], form IN forms | CASE WHEN form IN kept OR form = name THEN kept ELSE kept + form END) AS aliases
SET entity.name = name,
    entity.aliases = CASE WHEN aliases = [] THEN null ELSE aliases END
