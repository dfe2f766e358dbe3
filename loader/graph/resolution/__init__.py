"""Names across articles: which of them denote one person or organization."""

from loader.graph.resolution.clusters import (
    Correction,
    Decisions,
    Name,
    Resolved,
    candidates,
    resolve,
)
from loader.graph.resolution.keys import alternatives_in, match_key

__all__ = [
    "Correction",
    "Decisions",
    "Name",
    "Resolved",
    "alternatives_in",
    "candidates",
    "match_key",
    "resolve",
]
