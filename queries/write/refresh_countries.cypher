// Collect anew the forms of countries' names from the mentions that are left.
UNWIND $ids AS id
MATCH (country:Country {id: id})
OPTIONAL MATCH (country)<-[:REFERS_TO]-(mention:Mention)
WITH country, collect(mention.forms) AS lists
FOREACH (gone IN CASE WHEN lists = [] THEN [country] ELSE [] END | DETACH DELETE gone)
WITH country, lists
WHERE lists <> []
WITH country, reduce(all = [], list IN lists | all + list) AS forms
WITH country, reduce(kept = [], form IN forms | CASE WHEN form IN kept OR form = country.name THEN kept ELSE kept + form END) AS aliases
SET country.aliases = CASE WHEN aliases = [] THEN null ELSE aliases END
