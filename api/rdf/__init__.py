"""The graph as RDF: export, descriptions, SPARQL, snapshots, validation, the vocabulary."""
