"""GraphQL answers as rows: connections become lists, and edges their nodes.

The document decides what is a list and what is an object, so that a query has rows of the same
shape whatever it finds.
"""

from collections.abc import Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from queries.rows import Rows

LISTS = ("edges", "nodes")


def rows_of(text: str, data: dict[str, Any]) -> Rows:
    """Return the rows of ``data``, the answer to the document ``text``.

    Each item of the document's list is a row. The fields around the list are repeated in every
    row, under names such as ``country.name``. A document with several lists side by side, or with
    none, has one row.
    """
    fields = _Fields(parse(text))
    around: dict[str, Any] = {}
    path = ""
    inner = fields.of_operation()
    found: Any = data
    while isinstance(found, dict) and len(inner) == 1:
        ((name, below),) = inner.items()
        around |= {path + key: _plain(found[key]) for key in found if key != name}
        path += f"{name}."
        found = found.get(name)
        inner = fields.of(below)
        if isinstance(found, dict) and not inner.keys().isdisjoint(LISTS):
            found = _items(found)
    if found is None:
        return Rows(answer=data)
    if isinstance(found, list):
        return Rows(({**around, **_plain(row)} for row in found), answer=data)
    return Rows([{**around, **_plain(found)}], answer=data)


class _Fields:
    """The fields of a document that hold objects or lists of objects, with their subfields."""

    def __init__(self, document: DocumentNode) -> None:
        self._document = document
        self._fragments = {
            node.name.value: node.selection_set
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }

    def of_operation(self) -> dict[str, list[SelectionSetNode]]:
        """Return those of the operation, by their names in the answer."""
        return self.of(
            [
                node.selection_set
                for node in self._document.definitions
                if isinstance(node, OperationDefinitionNode)
            ]
        )

    def of(self, selections: list[SelectionSetNode]) -> dict[str, list[SelectionSetNode]]:
        """Return those of ``selections``, including fragments."""
        found: dict[str, list[SelectionSetNode]] = {}
        for selection in selections:
            for field in self._fields(selection):
                if field.selection_set and field.name.value != "pageInfo":
                    name = (field.alias or field.name).value
                    found.setdefault(name, []).append(field.selection_set)
        return found

    def _fields(self, selection: SelectionSetNode) -> Iterator[FieldNode]:
        for node in selection.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self._fields(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                yield from self._fields(self._fragments[node.name.value])


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return dict(_members(value))
    return value


def _members(thing: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in thing.items():
        items = _items(value) if isinstance(value, dict) else None
        if items is None:
            yield name, _plain(value)
            continue
        yield name, items
        for key, more in value.items():
            if key not in (*LISTS, "pageInfo"):
                yield f"{name}.{key}", _plain(more)


def _items(value: dict[str, Any]) -> list[Any] | None:
    """The items of a connection; None if ``value`` is not a connection."""
    if isinstance(value.get("edges"), list):
        return [_edge(edge) for edge in value["edges"]]
    if isinstance(value.get("nodes"), list):
        return [_plain(node) for node in value["nodes"]]
    return None


def _edge(edge: dict[str, Any]) -> dict[str, Any]:
    """A node with the fields of its edge; the node's win."""
    own = {key: _plain(value) for key, value in edge.items() if key not in ("cursor", "node")}
    return {**own, **(_plain(edge.get("node")) or {})}
