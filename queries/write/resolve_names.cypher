// Say how it was decided whom names denote.
UNWIND $rows AS row
MATCH (name:Name {id: row.id})
SET name.resolution = row.resolution
