// Merge countries with their codes and the forms of their names found in articles.
UNWIND $rows AS row
MERGE (country:Country {id: row.id})
SET country += row.properties
WITH country, coalesce(country.aliases, []) + row.forms AS forms
WITH country, reduce(kept = [], form IN forms | CASE WHEN form IN kept OR form = country.name THEN kept ELSE kept + form END) AS aliases
SET country.aliases = CASE WHEN aliases = [] THEN null ELSE aliases END
