// Let each new name denote a {label} of its own, until it is compared; return the names of which there was one.
UNWIND $rows AS row
MATCH (name:Name)
WHERE elementId(name) = row.name
  AND NOT EXISTS {{ (name)-[:DENOTES]->() }}
MERGE (entity:{label} {{id: row.entity}})
CREATE (name)-[:DENOTES]->(entity)
WITH row, entity, entity.name IS NULL AS new
SET entity += CASE WHEN new THEN row.properties ELSE {{}} END
FOREACH (outlet IN CASE WHEN row.outlet THEN [entity] ELSE [] END | SET outlet:Outlet)
RETURN collect(CASE WHEN new THEN row.entity END) AS made
