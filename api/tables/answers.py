"""The answer to any GraphQL document as a sheet: a column for every value that it selects.

The document decides the columns, so that they are the same whatever is found. A value inside a list
is a list in its cell: ``statements.text`` holds the text of each statement.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLString,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    parse,
)

from api.tables.flattening import LISTS, rows_of
from api.tables.sheet import Column, Row, Sheet, Value
from ontology.model import Datatype

_KINDS: Mapping[str, Datatype] = {
    "Int": "integer",
    "Boolean": "boolean",
    "Date": "date",
    "DateTime": "dateTime",
}
_OF_PAGES = ("pageInfo", "cursor")


def sheet_of(schema: GraphQLSchema, name: str, text: str, data: Mapping[str, Any]) -> Sheet:
    """The sheet ``name`` of ``data``, the answer to the valid document ``text``.

    Each item of the document's list is a row; the fields around the list are repeated in every
    row, under names such as ``country.name``. A document with several lists side by side, or with
    none, has one row.
    """
    cells = _Cells(parse(text), schema).all()
    rows = [tuple(cell.value(row) for cell in cells) for row in rows_of(text, dict(data))]
    return listed(name, tuple(cell.column for cell in cells), rows)


def listed(name: str, columns: tuple[Column, ...], rows: list[Row]) -> Sheet:
    """A sheet of rows that are in memory."""
    return Sheet(name=name, columns=columns, pages=iter([rows] if rows else []), total=len(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A column, and the keys that lead to its value in a row of :func:`rows_of`."""

    column: Column
    keys: tuple[str, ...]

    def value(self, row: Any) -> Value:
        return _found(row, self.keys, many=self.column.many)


def _found(value: Any, keys: tuple[str, ...], *, many: bool) -> Value:
    if isinstance(value, list):
        found = [_found(item, keys, many=False) for item in value]
        return [item for part in found for item in (part if isinstance(part, list) else [part])]
    if keys and isinstance(value, Mapping):
        return _found(value.get(keys[0]), keys[1:], many=many)
    return [] if value is None and many else value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Selected:
    """A field of the answer: its key, its type, and what is selected below it."""

    key: str
    type: GraphQLOutputType
    below: tuple[SelectionSetNode, ...]


class _Cells:
    """The columns of a document, in the order in which it selects them."""

    def __init__(self, document: DocumentNode, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._operations = tuple(
            node.selection_set
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        )

    def all(self) -> list[_Cell]:
        """The columns of a row: those around the list, then those of its items."""
        around: list[_Cell] = []
        path = ""
        level = self._level(self._operations, self._schema.query_type)
        while len(outer := [field for field in level.values() if field.below]) == 1:
            around += [
                _cell(f"{path}{field.key}", (f"{path}{field.key}",), field.type, many=False)
                for field in level.values()
                if not field.below
            ]
            (field,) = outer
            path += f"{field.key}."
            level = self._level(field.below, get_named_type(field.type))
            if _is_list(field.type):
                break
            if not level.keys().isdisjoint(LISTS):
                level = self._items(level)
                break
        return [*around, *self._members(level, "", (), many=False)]

    def _items(self, level: dict[str, _Selected]) -> dict[str, _Selected]:
        """What is selected on an item of a connection, which ``level`` is."""
        edges, nodes = level.get("edges"), level.get("nodes")
        if edges is not None:
            edge = self._level(edges.below, get_named_type(edges.type))
            node = edge.pop("node", None)
            inner = self._level(node.below, get_named_type(node.type)) if node else {}
            return {key: field for key, field in edge.items() if key not in _OF_PAGES} | inner
        return self._level(nodes.below, get_named_type(nodes.type)) if nodes else {}

    def _members(
        self, level: dict[str, _Selected], prefix: str, keys: tuple[str, ...], *, many: bool
    ) -> Iterator[_Cell]:
        for key, field in level.items():
            if key in _OF_PAGES:
                continue
            name = f"{prefix}{key}"
            if not field.below:
                yield _cell(name, (*keys, key), field.type, many=many)
                continue
            below = self._level(field.below, get_named_type(field.type))
            listed = _is_list(field.type)
            if listed or below.keys().isdisjoint(LISTS):
                wide = many or listed
                yield from self._members(below, f"{name}.", (*keys, key), many=wide)
                continue
            yield from self._members(self._items(below), f"{name}.", (*keys, key), many=True)
            for other, inner in below.items():
                if other not in (*LISTS, *_OF_PAGES) and not inner.below:
                    beside = f"{key}.{other}"
                    yield _cell(f"{prefix}{beside}", (*keys, beside), inner.type, many=many)

    def _level(
        self, selections: tuple[SelectionSetNode, ...], parent: object
    ) -> dict[str, _Selected]:
        """The fields that are selected on an object of the type ``parent``, by key."""
        found: dict[str, _Selected] = {}
        for selection in selections:
            for field, owner in self._fields(selection, parent):
                key = (field.alias or field.name).value
                below = (field.selection_set,) if field.selection_set else ()
                if key in found:
                    below = (*found[key].below, *below)
                kind = self._type(owner, field.name.value)
                found[key] = _Selected(key=key, type=kind, below=below)
        return found

    def _fields(
        self, selection: SelectionSetNode, parent: object
    ) -> Iterator[tuple[FieldNode, object]]:
        for node in selection.selections:
            if isinstance(node, FieldNode):
                yield node, parent
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self._schema.get_type(condition.name.value) if condition else parent
                yield from self._fields(node.selection_set, inner)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
                inner = self._schema.get_type(fragment.type_condition.name.value)
                yield from self._fields(fragment.selection_set, inner)

    def _type(self, owner: object, name: str) -> GraphQLOutputType:
        fields = getattr(owner, "fields", {})
        if name in fields:
            kind: GraphQLOutputType = fields[name].type
            return kind
        return GraphQLString  # __typename


def _cell(name: str, keys: tuple[str, ...], kind: GraphQLOutputType, *, many: bool) -> _Cell:
    named = get_named_type(kind).name
    wide = many or _is_list(kind)
    column = Column(name=name, kind=_KINDS.get(named, "string"), many=wide)
    return _Cell(column=column, keys=keys)


def _is_list(kind: GraphQLOutputType) -> bool:
    return is_list_type(get_nullable_type(kind))
