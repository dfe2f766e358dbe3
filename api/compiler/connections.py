"""Connections: pages of lists, with edges, cursors, totals and aggregates.

Each part costs only where it is selected: rows for ``edges``, ``nodes`` and ``pageInfo``, one row
more for ``hasNextPage``, a count for ``totalCount``, a grouped count for each way of counting.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from api.compiler.catalog import Catalog, Group
from api.compiler.cursors import decode
from api.compiler.filters import Filters
from api.compiler.ordering import order_mark, order_of
from api.compiler.parameters import ArgumentError, Parameters
from api.compiler.plan import (
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
from api.compiler.selection import Details, Selection, name_of, typename
from api.compiler.views import Cursor, Field, Highlights, Items, Leaf, PageInfo, View

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
        order = order_of(item, arguments.get("orderBy"), own)
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
    ) -> View:
        """How a connection type's selection reads ``row``; ``extras`` are an edge's own fields.

        The readings of ``extras`` name their sort key's column by the key's place in ``order``.
        """
        item = self._catalog.types[nodes.source.type]
        edge_name = name.replace("Connection", "Edge")
        selected = self._selection.below(name, details)
        wanted = {name_of(inner) for inner in selected.values()}
        limit, inner_row, column, cursor = "", Row(), -1, Cursor(mark=0, columns=())
        after: tuple[str, ...] = ()
        if wanted & {"edges", "nodes", "pageInfo"}:
            limit = self.limit(arguments)
            mark = order_mark(item, order)
            if arguments.get("after") is not None:
                kinds = [key.kind for key in order]
                after = self._parameters.add_all(
                    arguments["after"], len(order), partial(decode, mark, kinds)
                )
            cursor = self._cursor(mark, order, inner_row, selected, name)
            paging = Paging(order=order, first=limit, after=after, more=self._asks_more(selected))
            column = row.add(Page(nodes, paging, inner_row))
        cut = limit if column >= 0 and self._asks_more(selected) else ""
        fields = []
        for key, inner in selected.items():
            part = name_of(inner)
            if part == "__typename":
                fields.append(typename(key, name))
                continue
            if part == "nodes":
                reading: Any = Items(view=self._view(item.name, inner, inner_row), limit=cut)
                fields.append(Field(key=key, column=column, reading=reading, required=True))
            elif part == "edges":
                view = self._edge(edge_name, item.name, inner, inner_row, cursor, order, extras)
                reading = Items(view=view, limit=cut)
                fields.append(Field(key=key, column=column, reading=reading, required=True))
            elif part == "pageInfo":
                reading = self._page_info(inner, limit, bool(after), cursor)
                fields.append(Field(key=key, column=column, reading=reading, required=True))
            elif part == "totalCount":
                total = row.add(Total(nodes))
                fields.append(Field(key=key, column=total, reading=Leaf(), required=True))
            else:
                view = self._aggregate(f"{item.name}Aggregate", nodes, inner, row)
                fields.append(Field(key=key, column=-1, reading=view, required=True))
        return View(types={name: tuple(fields)})

    def limit(self, arguments: Mapping[str, Any]) -> str:
        """The parameter for ``first``."""
        wanted = arguments.get("first")
        return self._parameters.add(DEFAULT_FIRST if wanted is None else wanted, self._bounded)

    def _bounded(self, first: int) -> int:
        if not 1 <= first <= self._max_first:
            msg = f"first must be from 1 to {self._max_first}, not {first}."
            raise ArgumentError(msg)
        return first

    def _asks_more(self, selected: Mapping[str, Details]) -> bool:
        return "hasNextPage" in self._told(selected)

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

    def _page_info(self, details: Details, limit: str, after: bool, cursor: Cursor) -> PageInfo:
        selected = self._selection.below("PageInfo", details)
        fields = tuple((key, name_of(inner)) for key, inner in selected.items())
        return PageInfo(fields=fields, limit=limit, after=after, cursor=cursor)

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
        """A group's row is its node's row or its value, then the count."""
        inner = Row() if group.kind == "id" else None
        name = group.entry
        fields = []
        for answer, part in self._selection.below(name, details).items():
            match name_of(part):
                case "__typename":
                    fields.append(typename(answer, name))
                case "count":
                    fields.append(Field(key=answer, column=1, reading=Leaf(), required=True))
                case "node" if inner is not None:
                    view = self._view(group.target, part, inner)
                    fields.append(Field(key=answer, column=0, reading=view, required=True))
                case _:
                    leaf = Leaf()
                    if group.kind == "enum":
                        choices = self._catalog.enums[group.target].choices
                        leaf = Leaf(convert={item.value: item.name for item in choices}.get)
                    fields.append(Field(key=answer, column=0, reading=leaf, required=True))
        column = row.add(Groups(nodes, group, limit, inner))
        view = View(types={name: tuple(fields)})
        return Field(key=key, column=column, reading=Items(view=view), required=True)
