// Wait until nobody else compares names: whoever does holds the dataset's lock.
MATCH (dataset:Dataset {id: $id})
SET dataset.id = dataset.id
