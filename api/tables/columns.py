"""The tables of the graph: their columns, and the GraphQL documents that read them.

Every list of nodes in the API is a table. Its columns are the node's id and permalink, those that
``api/tables/joined.py`` names, every further property of the class, and of every further
relationship the names or titles and the ids of where it leads.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from api.graphql.compiler.catalog import Catalog, NodeType
from api.graphql.compiler.derivation import load_catalog
from api.graphql.waiting import ANY_LENGTH
from api.tables.computed import COMPUTED
from api.tables.joined import FIRST, JOINED
from api.tables.sheet import Column, Row, Value
from ontology.model import Datatype

_CAPTIONS = ("name", "title")
_TEXTS = {"id", "iri", "enum"}
_EXAMPLE = re.compile(r" Example: .*", re.DOTALL)
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")

Read = Callable[[Any], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column with where its values come from: paths over the API's fields, and how to read."""

    column: Column
    paths: tuple[str, ...]
    read: Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list of nodes as a table.

    Attributes:
        name: the list's name in snake_case: ``claim_matches``.
        root: the field of ``Query`` that lists the nodes.
        type: the nodes' type in the API.
        label: the label that all nodes with such ids share.
        whole: whether it holds all nodes of a class, and so belongs to the whole graph.
        description: what a row is.
        fields: its columns, in order.
        document: the document that reads them, with ``$where``, ``$orderBy``, ``$first`` and
            ``$after``.
        counting: the document that counts them, with ``$where`` and ``$orderBy``.
    """

    name: str
    root: str
    type: str
    label: str
    whole: bool
    description: str
    fields: tuple[Field, ...]
    document: str
    counting: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in order."""
        return tuple(field.column for field in self.fields)

    def row(self, node: dict[str, Any]) -> Row:
        """The row of a node as ``document`` answers it."""
        return tuple(field.read(node) for field in self.fields)


def snake(name: str) -> str:
    """``contentSpans`` → ``content_spans``."""
    return _CAPITAL.sub(r"_\1", name).lower()


@cache
def tables() -> dict[str, Table]:
    """Every table by its name: first those that are asked for most, then the others."""
    catalog = load_catalog()
    made = [_table(root.name, catalog) for root in catalog.roots.values() if root.kind == "many"]
    places = {name: place for place, name in enumerate(FIRST)}
    made.sort(key=lambda table: places.get(table.name, len(places)))
    return {table.name: table for table in made}


def whole_tables() -> list[str]:
    """The names of the tables that make up the whole graph."""
    return [table.name for table in tables().values() if table.whole]


def _table(root: str, catalog: Catalog) -> Table:
    listed = catalog.roots[root]
    item = catalog.types[listed.target]
    fields = tuple(_fields(item, catalog))
    labels = {part for member in item.members for part in catalog.types[member].label.split(":")}
    label = next(label for label in catalog.segments.values() if label in labels)
    tree = _tree(path for field in fields for path in field.paths)
    arguments = "where: $where, orderBy: $orderBy, first: $first, after: $after"
    document = (
        f"query ($where: {item.name}Filter, $orderBy: [{item.name}Order!], $first: Int,"
        f" $after: String) {{ {root}({arguments}) {{ pageInfo {{ hasNextPage endCursor }}"
        f" nodes {{ {_selection(item, tree, catalog)} }} }} }}"
    )
    counting = (
        f"query ($where: {item.name}Filter, $orderBy: [{item.name}Order!])"
        f" {{ {root}(where: $where, orderBy: $orderBy, first: 1) {{ totalCount }} }}"
    )
    return Table(
        name=snake(root),
        root=root,
        type=item.name,
        label=label,
        whole=not listed.having,
        description=listed.description.removeprefix("All nodes of this type: "),
        fields=fields,
        document=document,
        counting=counting,
    )


def _fields(item: NodeType, catalog: Catalog) -> Iterator[Field]:
    yield _field(item, "id", "id", catalog)
    yield _field(item, "permalink", "iri", catalog)
    joined = JOINED.get(item.name, ())
    for name, path in joined:
        yield _computed(name, path[1:]) if path[0] == "@" else _field(item, name, path, catalog)
    told = {"id", "iri", *(path for _, path in joined)}
    names = {"id", "permalink", *(name for name, _ in joined)}
    for key in item.properties:
        if key not in told and snake(key) not in names:
            yield _field(item, snake(key), key, catalog)
    begun = {path.partition(".")[0] for path in told}
    for walk in item.walks.values():
        if walk.name in begun or len(walk.steps) > 1 or not walk.steps[0].forward:
            continue
        known = catalog.types[walk.target].properties
        for caption in [name for name in _CAPTIONS if name in known][:1]:
            yield _field(item, snake(walk.name), f"{walk.name}.{caption}", catalog)
        ids = f"{snake(walk.name)}_{'ids' if walk.many else 'id'}"
        yield _field(item, ids, f"{walk.name}.id", catalog)


def _computed(name: str, key: str) -> Field:
    made = COMPUTED[key]
    column = Column(name=name, kind=made.kind, many=made.many, description=made.description)
    return Field(column=column, paths=made.paths, read=made.value)


def _field(item: NodeType, name: str, path: str, catalog: Catalog) -> Field:
    """The column of what ``path`` leads to from a node of the type ``item``."""
    *steps, last = path.split(".")
    many, described = False, ""
    keys: list[tuple[str, bool]] = []
    for step in steps:
        walk = item.walks[step]
        counted = last == "totalCount" and step == steps[-1]
        keys.append((step, walk.many and not counted))
        many = many or (walk.many and not counted)
        described = _EXAMPLE.sub("", walk.description)
        item = catalog.types[walk.target]
    kind: Datatype = "string"
    if last == "totalCount":
        kind, described = "integer", f"How many: {described[0].lower()}{described[1:]}"
    elif last == "__typename":
        described = f"{described} Its type.".strip()
    else:
        prop = item.properties[last]
        many = many or prop.many
        kind = "string" if prop.kind in _TEXTS else cast(Datatype, prop.kind)
        own = _EXAMPLE.sub("", prop.description)
        plain = last in ("id", "text", *_CAPTIONS)
        described = f"{described} Its {last}." if steps and plain else own
    column = Column(name=name, kind=kind, many=many, description=described)
    return Field(column=column, paths=(path,), read=_reader(keys, last))


def _reader(steps: list[tuple[str, bool]], last: str) -> Read:
    """What reads the value at the end of a path: a list where some step leads to many."""
    if not steps:
        return lambda node: node[last]
    (name, many), *rest = steps
    further = _reader(rest, last)
    if not many:
        empty: Value = [] if any(wide for _, wide in rest) else None
        return lambda node: empty if node[name] is None else further(node[name])
    flat = any(wide for _, wide in rest)

    def read(node: Any) -> Value:
        found = [further(item) for item in node[name]["nodes"]]
        return [item for part in found for item in part] if flat else found

    return read


def _tree(paths: Iterable[str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path in paths:
        inner = tree
        for step in path.split("."):
            inner = inner.setdefault(step, {})
    return tree


def _selection(item: NodeType, tree: dict[str, Any], catalog: Catalog) -> str:
    """The selection of the fields in ``tree`` on a node of the type ``item``."""
    parts = []
    for name, below in tree.items():
        walk = item.walks.get(name)
        if walk is None:
            parts.append(name)
            continue
        target = catalog.types[walk.target]
        inner = {key: more for key, more in below.items() if key != "totalCount"}
        selected = _selection(target, inner, catalog)
        if not walk.many:
            parts.append(f"{name} {{ {selected} }}")
            continue
        wanted = "totalCount " if "totalCount" in below else ""
        wanted += f"nodes {{ {selected} }}" if inner else ""
        parts.append(f"{name}(first: {ANY_LENGTH}) {{ {wanted} }}")
    return " ".join(parts)
