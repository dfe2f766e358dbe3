// Merge names of people with their forms; a new one denotes a person of its own until it is compared.
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
  MERGE (person:Person {id: new})
  MERGE (name)-[:DENOTES]->(person))
WITH name, row
MATCH (name)-[:DENOTES]->(person:Person)
SET person.name = CASE WHEN person.id = row.entity THEN name.spelling ELSE person.name END
SET person.aliases = reduce(kept = [], form IN coalesce(person.aliases, []) + name.forms | CASE WHEN form IN kept OR form = person.name THEN kept ELSE kept + form END)
SET person.aliases = CASE WHEN person.aliases = [] THEN null ELSE person.aliases END
