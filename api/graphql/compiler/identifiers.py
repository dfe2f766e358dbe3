"""What callers may give as an id: the id itself, its IRI, a key of a known class, or a name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.graphql.compiler.parameters import ArgumentError
from ontology.countries import country_code
from ontology.iris import base_of, country_id, identifier, iri, slug

_LONGEST = 1000


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
        if found is None:
            return Named(text=value, kind="thing", otherwise=value)
        return found

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
        if segment in ("organization", "person") and value and slug(value) != value:
            return Named(text=value, kind=segment, otherwise=key)
        return key

    def iri(self, value: str) -> str:
        """The IRI of the node with this id."""
        return iri(value, self._base)

    def _id(self, value: str) -> str | None:
        if len(value) > _LONGEST:
            msg = f"An id has at most {_LONGEST} characters, this one {len(value)}."
            raise ArgumentError(msg)
        base = base_of(value, self._segments)
        if base is not None:
            try:
                return identifier(value, base)
            except ValueError:
                return value
        return value if value.partition("/")[0] in self._segments and "/" in value else None


def names_in(parameters: Mapping[str, Any]) -> tuple[Named, ...]:
    """The names among the values of a statement's parameters, each once."""
    found = (item for value in parameters.values() for item in _listed(value))
    return tuple(dict.fromkeys(item for item in found if isinstance(item, Named)))


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
