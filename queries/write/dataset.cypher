// Record the version of the ontology a new graph is written with.
MERGE (dataset:Dataset {id: $id})
ON CREATE SET dataset.ontologyVersion = $version
