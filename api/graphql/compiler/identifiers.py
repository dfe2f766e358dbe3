"""What callers may give as an id: the id itself, a key where the class is known, or an IRI."""

from api.graphql.compiler.parameters import ArgumentError
from ontology.iris import identifier, iri

_LONGEST = 1000


class Identifiers:
    """Reads ids; ``segments`` are the first parts ids can have, ``base`` that of our IRIs."""

    def __init__(self, segments: frozenset[str], base: str) -> None:
        self._segments = segments
        self._base = base

    def any(self, value: str) -> str:
        """An id from an id or IRI. What is neither is left as it is, and found nowhere."""
        if len(value) > _LONGEST:
            msg = f"An id may have at most {_LONGEST} characters; this one has {len(value)}."
            raise ArgumentError(msg)
        try:
            return identifier(value, self._base)
        except ValueError:
            return value

    def of(self, segment: str, value: str) -> str:
        """An id from an id, IRI or bare key of the class with this ``segment``."""
        found = self.any(value)
        if found.partition("/")[0] in self._segments and "/" in found:
            return found
        return f"{segment}/{found.upper() if segment == 'country' else found}"

    def iri(self, value: str) -> str:
        """The IRI of the node with this id."""
        return iri(value, self._base)
