// Which outlets have published articles under this id or this name?
MATCH (outlet:Outlet)
WHERE outlet.id IN $ids
   OR EXISTS { MATCH (name:Name)-[:DENOTES]->(outlet) WHERE name.id IN $names }
RETURN outlet.id AS id
ORDER BY id
