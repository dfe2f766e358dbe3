// Give names the keys by which they are compared.
UNWIND $rows AS row
MATCH (name:Name {id: row.id})
SET name.matchKey = row.key
