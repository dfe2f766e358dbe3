// Merge names of organizations with their forms; a new one denotes an organization of its own until it is compared.
UNWIND $rows AS row
MERGE (name:Name {id: row.id})
ON CREATE SET name.matchKey = row.matchKey
SET name:Name // locks it before it is read: another load may be adding to it
WITH name, row,
     CASE WHEN name.spelling > row.spelling THEN name.spelling ELSE row.spelling END AS spelling,
     CASE WHEN name.kind > row.kind THEN name.kind ELSE row.kind END AS kind,
     reduce(kept = coalesce(name.forms, []), form IN row.forms | CASE WHEN form IN kept THEN kept ELSE kept + form END) AS forms,
     reduce(kept = coalesce(name.alternatives, []), other IN row.alternatives | CASE WHEN other IN kept THEN kept ELSE kept + other END) AS alternatives
SET name.resolution = CASE WHEN spelling = name.spelling AND size(alternatives) = size(coalesce(name.alternatives, [])) THEN name.resolution ELSE 'pending' END
SET name.spelling = spelling,
    name.kind = kind,
    name.forms = forms,
    name.alternatives = CASE WHEN alternatives = [] THEN null ELSE alternatives END
FOREACH (new IN CASE WHEN EXISTS { (name)-[:DENOTES]->() } THEN [] ELSE [row.entity] END |
  MERGE (organization:Organization {id: new})
  MERGE (name)-[:DENOTES]->(organization))
WITH name, row
MATCH (name)-[:DENOTES]->(organization:Organization)
FOREACH (outlet IN CASE WHEN name.kind = 'Outlet' THEN [organization] ELSE [] END | SET outlet:Outlet)
SET organization.name = CASE WHEN organization.id = row.entity THEN name.spelling ELSE organization.name END
SET organization.aliases = reduce(kept = [], form IN coalesce(organization.aliases, []) + name.forms | CASE WHEN form IN kept OR form = organization.name THEN kept ELSE kept + form END)
SET organization.aliases = CASE WHEN organization.aliases = [] THEN null ELSE organization.aliases END
