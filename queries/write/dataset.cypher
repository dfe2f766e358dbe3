// Remember the version of the ontology the graph is written with.
MERGE (dataset:Dataset {id: $id})
SET dataset.ontologyVersion = $version
