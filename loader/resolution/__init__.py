"""Names across articles: which of them denote one person or organization."""

from loader.resolution.clusters import Correction, Name, Resolved, resolve
from loader.resolution.keys import alternatives_in, match_key

__all__ = ["Correction", "Name", "Resolved", "alternatives_in", "match_key", "resolve"]
