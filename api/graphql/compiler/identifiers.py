"""What callers may give as an id: the id itself, its IRI, a key of a known class, or a name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.compiler.parameters import ArgumentError
from ontology.countries import country_code
from ontology.iris import base_of, country_id, identifier, iri, slug

NAMED = ("country", "organization", "person")
"""First parts of the ids of what may also be given by name."""
_LONGEST = 1000
_MOST_NAMES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A value that is no id and no key, and may be a name.

    Attributes:
        text: the value.
        kind: what it may name, of :data:`api.graphql.naming.KINDS`.
        otherwise: what it is where it names nothing.
    """

    text: str
    kind: str
    otherwise: str


class Identifiers:
    """Reads ids; ``segments`` are the first parts ids can have, ``base`` that of our IRIs."""

    def __init__(self, segments: frozenset[str], base: str) -> None:
        self._segments = segments
        self._base = base

    def any(self, value: str) -> str | Named:
        """An id from an id or IRI, whatever its base. What is neither may be a name."""
        found = self._id(value)
        if found is None and value.strip():
            return Named(text=value, kind="thing", otherwise=value)
        return found or value

    def of(self, segment: str, value: str) -> str | Named:
        """An id from an id, IRI, key or name of the class with this ``segment``.

        Countries are named by code or name. Of people and organizations what is written like a
        key, ``ada-byron``, is one.
        """
        found = self._id(value)
        if found is not None:
            return found
        key = f"{segment}/{value}"
        if segment == "country":
            return country_id(country_code(value) or value)
        if segment in NAMED and value and slug(value) != value:
            return Named(text=value, kind=segment, otherwise=key)
        return key

    def iri(self, value: str) -> str:
        """The IRI of the node with this id."""
        return iri(value, self._base)

    def _id(self, value: str) -> str | None:
        if len(value) > _LONGEST:
            msg = f"An id may have at most {_LONGEST} characters; this one has {len(value)}."
            raise ArgumentError(msg)
        base = base_of(value, self._segments)
        if base is not None:
            try:
                return identifier(value, base)
            except ValueError:
                return value
        return value if value.partition("/")[0] in self._segments and "/" in value else None


def names_in(parameters: Mapping[str, Any]) -> tuple[Named, ...]:
    """The names among the values of a statement's parameters, each once.

    Raises:
        ArgumentError: there are more than are looked up for one operation.
    """
    found = (item for value in parameters.values() for item in _listed(value))
    names = tuple(dict.fromkeys(item for item in found if isinstance(item, Named)))
    if len(names) > _MOST_NAMES:
        msg = f"An operation may give at most {_MOST_NAMES} names; use ids instead of the others."
        raise ArgumentError(msg)
    return names


def with_ids(parameters: Mapping[str, Any], ids: Mapping[Named, str]) -> dict[str, Any]:
    """The parameters with an id in the place of each name: that of ``ids``, or what it else is."""

    def resolved(value: Any) -> Any:
        return ids.get(value, value.otherwise) if isinstance(value, Named) else value

    return {
        name: [resolved(item) for item in value] if isinstance(value, list) else resolved(value)
        for name, value in parameters.items()
    }


def _listed(value: Any) -> Iterator[Any] | Iterable[Any]:
    return value if isinstance(value, list) else (value,)
