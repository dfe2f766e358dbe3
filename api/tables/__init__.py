"""The graph as tables and files: one stream of rows, a writer for each format."""
