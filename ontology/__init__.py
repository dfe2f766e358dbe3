"""What things are: the ontology, its IRIs, records and RDF."""
