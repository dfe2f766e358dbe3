"""Articles to records: the pipeline, its components, the mapping, workers. Knows no database."""
