// Wait until nobody else writes names with these keys, in the order in which loads write them.
UNWIND $keys AS key
MATCH (name:Name {matchKey: key})
WITH name
ORDER BY name.id
SET name:Name
