"""The perspective through which Neo4j Bloom shows the graph: ``newsgraph bloom``.

Everything in it comes from the ontology, from ``queries/bloom`` and from the data. The format is
not published: what is written keeps to what real exports hold (docs/bloom.md says how far).
"""

from api.bloom.links import bloom_links
from api.bloom.perspective import write_perspective

__all__ = ["bloom_links", "write_perspective"]
