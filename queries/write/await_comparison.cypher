// Let names, where there are such, be compared again.
UNWIND $ids AS id
MATCH (name:Name {id: id})
SET name.resolution = 'pending'
