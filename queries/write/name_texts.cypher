// Say anew what is known of names, which are to be compared again.
UNWIND $rows AS row
MATCH (name:Name {id: row.id})
SET name += row.properties
