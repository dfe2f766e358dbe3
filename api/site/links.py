"""Addresses of pages: of things by their ids, and of lists by what narrows them down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

SEGMENTS = ("person", "organization", "country", "document", "claim", "statement", "article")
"""The first parts of ids whose things have a page of their own kind."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address of this site; ``path`` begins with what the application stands under."""

    path: str
    query: Pairs = ()

    def __str__(self) -> str:
        shown = f"?{urlencode(self.query, safe='/:,', quote_via=quote)}" if self.query else ""
        return self.path + shown

    def set(self, **values: str | None) -> "Address":
        """The same with other values, each the only one of its name; None takes it out."""
        kept = tuple(pair for pair in self.query if pair[0] not in values)
        given = tuple((name, value) for name, value in values.items() if value is not None)
        return replace(self, query=kept + given)

    def add(self, name: str, value: str) -> "Address":
        """The same with one value more."""
        return replace(self, query=(*(p for p in self.query if p != (name, value)), (name, value)))

    def drop(self, name: str, value: str) -> "Address":
        """The same without one value."""
        return replace(self, query=tuple(pair for pair in self.query if pair != (name, value)))

    def without(self, names: Iterable[str]) -> "Address":
        """The same without any value of these names."""
        dropped = frozenset(names)
        return replace(self, query=tuple(pair for pair in self.query if pair[0] not in dropped))


def thing_href(identifier: str, kind: str = "") -> str:
    """The address of the page about a thing; ``kind`` is its class where that is known."""
    segment, _, key = identifier.partition("/")
    if segment not in SEGMENTS:
        return f"/id/{quote(identifier, safe='/')}"
    return f"/{'outlet' if kind == 'Outlet' else segment}/{quote(key, safe='/')}"


def node_href(node: Mapping[str, object]) -> str:
    """The address of the page about a node of an answer."""
    return thing_href(str(node["id"]), str(node.get("__typename", "")))


def list_href(plural: str, **values: str) -> str:
    """The address of a list that is narrowed down."""
    return str(Address(path=f"/{plural}", query=tuple(values.items())))
