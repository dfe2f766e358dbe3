"""Pages in, graph written: every way into newsgraph."""
