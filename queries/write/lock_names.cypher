// Wait until nobody else writes names with these keys, in the order in which loads write them: people first.
UNWIND $keys AS key
MATCH (name:Name {matchKey: key})
WITH name
ORDER BY name.id STARTS WITH 'name/organization-', name.id
SET name:Name
