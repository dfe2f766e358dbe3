// Which pages have one of these names, addresses or ids?
UNWIND $names AS name
MATCH (page:Page)
WHERE page.id = name OR page.name = name OR page.url = name
RETURN DISTINCT name, page.id AS id
ORDER BY name, id
