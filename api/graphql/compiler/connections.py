"""Connections: pages of lists, with edges, cursors, totals and aggregates.

Each part costs only where it is selected: rows for ``edges``, ``nodes`` and ``pageInfo``, one row
more for ``hasNextPage``, a count for ``totalCount``, a grouped count for each way of counting.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from api.graphql.compiler.catalog import Catalog, Group
from api.graphql.compiler.cursors import decode
from api.graphql.compiler.filters import Filters
from api.graphql.compiler.measures import MEASURES
from api.graphql.compiler.ordering import order_mark, order_of
from api.graphql.compiler.parameters import ArgumentError, Parameters
from api.graphql.compiler.plan import (
    Along,
    Groups,
    Key,
    Nodes,
    Page,
    Paging,
    Row,
    SortKey,
    Source,
    Total,
    Value,
)
from api.graphql.compiler.selection import Details, Selection, name_of, typename
from api.graphql.compiler.views import Cursor, Field, Highlights, Items, Leaf, PageInfo, View

DEFAULT_FIRST = 25

NodeView = Callable[[str, Details, Row], View]


class Connections:
    """Plans the connections of one operation; ``view`` plans a selection on nodes."""

    def __init__(
        self,
        catalog: Catalog,
        selection: Selection,
        parameters: Parameters,
        filters: Filters,
        view: NodeView,
        max_first: int,
    ) -> None:
        self._catalog = catalog
        self._selection = selection
        self._parameters = parameters
        self._filters = filters
        self._view = view
        self._max_first = max_first

    def listed(
        self, source: Source, arguments: Mapping[str, Any], details: Details, row: Row
    ) -> View:
        """How the selection below ``details``, a list of ``source``, reads ``row``."""
        item = self._catalog.types[source.type]
        condition = self._filters.condition(item.name, arguments.get("where"))
        own = source.walk.order if isinstance(source, Along) else ()
        order = order_of(self._catalog, item, arguments.get("orderBy"), own)
        nodes = Nodes(source=source, condition=condition)
        return self.paged(f"{item.name}Connection", nodes, order, arguments, details, row, {})

    def paged(
        self,
        name: str,
        nodes: Nodes,
        order: tuple[SortKey, ...],
        arguments: Mapping[str, Any],
        details: Details,
        row: Row,
        extras: Mapping[str, Field],
        *,
        told: tuple[SortKey, ...] = (),
        facets: Nodes | None = None,
    ) -> View:
        """How a connection type's selection reads ``row``; ``extras`` are an edge's own fields.

        The readings of ``extras`` name their column by its place in ``order`` and, behind that, in
        ``told``, which nothing is sorted by. ``facets`` are the nodes that facets count.
        """
        item = self._catalog.types[nodes.source.type]
        edge_name = name.replace("Connection", "Edge")
        selected = self._selection.below(name, details)
        wanted = {name_of(inner) for inner in selected.values()}
        limit, inner_row, column, cursor = "", Row(), -1, Cursor(mark=0, columns=())
        after: tuple[str, ...] = ()
        before: tuple[str, ...] = ()
        backward = arguments.get("last") is not None
        more = self._asks_more(selected, backward=backward)
        if wanted & {"edges", "nodes", "pageInfo"}:
            limit = self.limit(arguments, "last" if backward else "first")
            mark = order_mark(item, order)
            after, before = (
                self._position(arguments.get(end), mark, order) for end in ("after", "before")
            )
            cursor = self._cursor(mark, order, inner_row, selected, name)
            paging = Paging(
                order=order, size=limit, after=after, before=before, backward=backward, more=more
            )
            column = row.add(Page(nodes, paging, inner_row))
        cut = limit if column >= 0 and more else ""
        fields = []
        for key, inner in selected.items():
            part = name_of(inner)
            if part == "__typename":
                fields.append(typename(key, name))
                continue
            if part == "nodes":
                view = self._view(item.name, inner, inner_row)
                reading: Any = Items(view=view, limit=cut, backward=backward)
                fields.append(Field(key=key, column=column, reading=reading, required=True))
            elif part == "edges":
                view = self._edge(
                    edge_name, item.name, inner, inner_row, cursor, (*order, *told), extras
                )
                reading = Items(view=view, limit=cut, backward=backward)
                fields.append(Field(key=key, column=column, reading=reading, required=True))
            elif part == "pageInfo":
                reading = PageInfo(
                    fields=self._names("PageInfo", inner),
                    limit=limit,
                    after=bool(after),
                    before=bool(before),
                    backward=backward,
                    cursor=cursor,
                )
                fields.append(Field(key=key, column=column, reading=reading, required=True))
            elif part == "totalCount":
                total = row.add(Total(nodes))
                fields.append(Field(key=key, column=total, reading=Leaf(), required=True))
            else:
                counted = facets or nodes
                view = self._aggregate(f"{counted.source.type}Aggregate", counted, inner, row)
                fields.append(Field(key=key, column=-1, reading=view, required=True))
        return View(types={name: tuple(fields)})

    def limit(self, arguments: Mapping[str, Any], name: str = "first") -> str:
        """The parameter for ``first``, or for ``last``."""
        wanted = arguments.get(name)
        bounded = partial(self._bounded, name)
        return self._parameters.add(DEFAULT_FIRST if wanted is None else wanted, bounded)

    def _bounded(self, name: str, wanted: int) -> int:
        if not 1 <= wanted <= self._max_first:
            msg = f"'{name}' must be between 1 and {self._max_first}, not {wanted}."
            raise ArgumentError(msg)
        return wanted

    def _position(self, given: Any, mark: int, order: tuple[SortKey, ...]) -> tuple[str, ...]:
        """The parameters for the sorting values in a cursor."""
        if given is None:
            return ()
        kinds = [key.kind for key in order]
        return self._parameters.add_all(given, len(order), partial(decode, mark, kinds))

    def _asks_more(self, selected: Mapping[str, Details], *, backward: bool) -> bool:
        return ("hasPreviousPage" if backward else "hasNextPage") in self._told(selected)

    def _told(self, selected: Mapping[str, Details]) -> set[str]:
        """The fields of ``pageInfo`` that are selected under any answer key."""
        return {
            name_of(field)
            for inner in selected.values()
            if name_of(inner) == "pageInfo"
            for field in self._selection.below("PageInfo", inner).values()
        }

    def _cursor(
        self,
        mark: int,
        order: tuple[SortKey, ...],
        row: Row,
        selected: Mapping[str, Details],
        name: str,
    ) -> Cursor:
        edge = name.replace("Connection", "Edge")
        on_edges = {
            name_of(field)
            for inner in selected.values()
            if name_of(inner) == "edges"
            for field in self._selection.below(edge, inner).values()
        }
        if "cursor" not in on_edges and not self._told(selected) & {"startCursor", "endCursor"}:
            return Cursor(mark=mark, columns=())
        return Cursor(mark=mark, columns=tuple(row.add(Key(key)) for key in order))

    def _edge(
        self,
        edge: str,
        target: str,
        details: Details,
        row: Row,
        cursor: Cursor,
        order: tuple[SortKey, ...],
        extras: Mapping[str, Field],
    ) -> View:
        fields = []
        for key, inner in self._selection.below(edge, details).items():
            part = name_of(inner)
            if part == "__typename":
                fields.append(typename(key, edge))
            elif part == "cursor":
                fields.append(Field(key=key, column=-1, reading=cursor, required=True))
            elif part == "node":
                view = self._view(target, inner, row)
                fields.append(Field(key=key, column=-1, reading=view, required=True))
            else:
                fields.append(self._extra(key, extras[part], order, inner, row))
        return View(types={edge: tuple(fields)})

    def _extra(
        self, key: str, extra: Field, order: tuple[SortKey, ...], details: Details, row: Row
    ) -> Field:
        if isinstance(extra.reading, Highlights):
            columns = tuple(
                (text, row.add(Value(text, "string", many=text == "aliases")))
                for text, _ in extra.reading.columns
            )
            selected = self._selection.below("Highlight", details)
            fields = tuple((answer, name_of(part)) for answer, part in selected.items())
            reading = replace(extra.reading, fields=fields, columns=columns)
            return Field(key=key, column=-1, reading=reading, required=True)
        return replace(extra, key=key, column=row.add(Key(order[extra.column])))

    def _names(self, type_name: str, details: Details) -> tuple[tuple[str, str], ...]:
        """The answer keys below ``details`` with the names of their fields."""
        selected = self._selection.below(type_name, details)
        return tuple((key, name_of(inner)) for key, inner in selected.items())

    def _aggregate(self, name: str, nodes: Nodes, details: Details, row: Row) -> View:
        groups = self._catalog.types[nodes.source.type].groups
        fields = []
        for key, inner in self._selection.below(name, details).items():
            part = name_of(inner)
            if part == "__typename":
                fields.append(typename(key, name))
                continue
            limit = self.limit(self._selection.arguments(name, inner))
            fields.append(self._group(key, groups[part], nodes, limit, inner, row))
        return View(types={name: tuple(fields)})

    def _group(
        self, key: str, group: Group, nodes: Nodes, limit: str, details: Details, row: Row
    ) -> Field:
        """A group's row is its node's row or its value, then the count, then the measures."""
        inner = Row() if group.kind == "id" else None
        name = group.entry
        fields = []
        measures: dict[str, int] = {}
        for answer, part in self._selection.below(name, details).items():
            match name_of(part):
                case "__typename":
                    fields.append(typename(answer, name))
                case "count":
                    fields.append(Field(key=answer, column=1, reading=Leaf(), required=True))
                case measure if group.measured and measure in MEASURES:
                    place = measures.setdefault(measure, len(measures) + 2)
                    fields.append(Field(key=answer, column=place, reading=Leaf(), required=True))
                case "node" if inner is not None:
                    view = self._view(group.target, part, inner)
                    fields.append(Field(key=answer, column=0, reading=view, required=True))
                case _:
                    leaf = Leaf()
                    if group.kind == "enum":
                        choices = self._catalog.enums[group.target].choices
                        leaf = Leaf(convert={item.value: item.name for item in choices}.get)
                    fields.append(Field(key=answer, column=0, reading=leaf, required=True))
        column = row.add(Groups(nodes, group, limit, inner, tuple(measures)))
        view = View(types={name: tuple(fields)})
        return Field(key=key, column=column, reading=Items(view=view), required=True)
