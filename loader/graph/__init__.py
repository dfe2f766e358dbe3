"""Records to the graph: rows, writing, resolution, similarity, corrections, removal, import."""
