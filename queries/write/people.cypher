// Merge people with the forms of their names: the name is the last by the alphabet, which prefers
// lower case and accents; the other forms are aliases.
UNWIND $rows AS row
MERGE (entity:Person {id: row.id})
WITH entity, row, CASE WHEN entity.name > row.name THEN entity.name ELSE row.name END AS name
WITH entity, name, coalesce(entity.aliases, []) + coalesce(entity.name, []) + row.forms AS forms
WITH entity, name, reduce(kept = [], form IN forms | CASE WHEN form IN kept OR form = name THEN kept ELSE kept + form END) AS aliases
SET entity.name = name,
    entity.aliases = CASE WHEN aliases = [] THEN null ELSE aliases END
