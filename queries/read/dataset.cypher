// With which version of the ontology was the graph written?
MATCH (dataset:Dataset)
RETURN dataset.ontologyVersion AS ontologyVersion
ORDER BY dataset.id
LIMIT 1
