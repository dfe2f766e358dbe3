"""What lists are sorted by: the ``orderBy`` argument, else the type's own order; then the id."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.graphql.compiler.catalog import COUNTED, Catalog, Kind, NodeType, Property
from api.graphql.compiler.cursors import CursorKind, mark
from api.graphql.compiler.plan import SortKey

_CURSOR_KINDS: dict[Kind, CursorKind] = {
    "id": "string",
    "string": "string",
    "enum": "string",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "dateTime": "dateTime",
}


def order_of(
    catalog: Catalog,
    item: NodeType,
    wanted: Sequence[Mapping[str, Any]] | None,
    own: tuple[tuple[str, bool], ...] = (),
) -> tuple[SortKey, ...]:
    """The keys a list of ``item`` is sorted by: ``wanted``, one-key inputs, else its ``own``."""
    keys: list[SortKey] = []
    named = [(name, way.value == "DESC") for entry in wanted or () for name, way in entry.items()]
    for name, descending in named or own or item.order:
        key = _key(item, name, descending, catalog)
        if all((key.key, key.walk) != (other.key, other.walk) for other in keys):
            keys.append(key)
        if key.key == "id":
            return tuple(keys)
    return (*keys, identity(item))


def identity(item: NodeType) -> SortKey:
    """The id, which ends every order."""
    return _key(item, "id", descending=False, catalog=None)


def order_mark(item: NodeType, keys: Sequence[SortKey]) -> int:
    """A mark of the order, for its cursors."""
    parts = [
        f"{key.walk.counted if key.walk else key.key or key.variable} {key.descending}"
        for key in keys
    ]
    return mark(f"{item.name}: {', '.join(parts)}")


def _key(item: NodeType, name: str, descending: bool, catalog: Catalog | None) -> SortKey:
    if name in item.properties:
        prop = item.properties[name]
        return SortKey(
            key=prop.key,
            kind=_CURSOR_KINDS[prop.kind],
            descending=descending,
            # What the ontology requires may yet be missing in a database; an id is not.
            required=prop.kind == "id",
            indexed=prop.indexed and bool(item.label),
            values=_values(prop, catalog) if prop.indexed and catalog is not None else (),
        )
    walk = item.walks[name.removesuffix(COUNTED)]
    return SortKey(walk=walk, kind="integer", descending=descending, required=True)


def _values(prop: Property, catalog: Catalog) -> tuple[str | bool, ...]:
    if prop.kind == "boolean":
        return (False, True)
    if prop.kind == "enum":
        return tuple(choice.value for choice in catalog.enums[prop.enum].choices)
    return ()
