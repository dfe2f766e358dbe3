"""One spaCy component a file; each takes a ``Doc`` and returns it with one thing more."""
