"""The fields of ``Query``: things by id, lists, and the questions with a clause of their own."""

from collections.abc import Callable, Mapping
from typing import Any

from api.graphql.compiler.catalog import Catalog, Root
from api.graphql.compiler.ordering import identity
from api.graphql.compiler.parameters import ArgumentError
from api.graphql.compiler.plan import (
    ById,
    Every,
    Figure,
    Nodes,
    Question,
    Row,
    SortKey,
    Total,
    Ways,
)
from api.graphql.compiler.plan_conditions import ALWAYS, Condition
from api.graphql.compiler.planner import Planner
from api.graphql.compiler.searching import plan_search
from api.graphql.compiler.selection import Details, name_of, typename
from api.graphql.compiler.views import Field, Items, Leaf, View

MAX_LENGTH = 6
LINKLESS = ("EXTRACTED_BY",)
"""Relationships that paths leave out: every node of a run would be two steps from every other."""

_NEIGHBORS = (
    "MATCH (start:{labels} {{id: ${start}}})-[link{types}]-(@)\n"
    "WITH @, type(link) AS relationship, startNode(link) = start AS forward"
)
_CO_CITED = (
    "MATCH (:Person {{id: ${person}}})<-[:CITES]-(article)-[:CITES]->(@)\n"
    "WITH @, count(article) AS articles"
)
_BETWEEN = (
    "MATCH (:Country {{id: ${source}}})<-[:SOURCE_COUNTRY|ATTRIBUTED_TO]-(:Statement)"
    "-[:EXPRESSES]->(@)-[:ABOUT]->(:Country {{id: ${about}}})\n"
    "WITH DISTINCT @"
)


class Roots:
    """Plans the fields of one operation, each into ``row``, the statement's own."""

    def __init__(self, catalog: Catalog, planner: Planner, row: Row) -> None:
        self._catalog = catalog
        self._planner = planner
        self._selection = planner.selection
        self._add = planner.parameters.add
        self._row = row
        self._kinds: dict[str, Callable[[Root, Mapping[str, Any], Details], Field]] = {
            "one": self._one,
            "node": self._one,
            "many": self._many,
            "search": self._search,
            "path": self._path,
            "neighbors": self._neighbors,
            "between": self._between,
            "coCited": self._co_cited,
            "stats": self._stats,
        }

    def field(self, key: str, details: Details) -> Field:
        """The field of ``Query`` that ``details`` select, answered under ``key``."""
        root = self._catalog.roots[name_of(details)]
        arguments = self._selection.arguments("Query", details)
        found = self._kinds[root.kind](root, arguments, details)
        return Field(key=key, column=found.column, reading=found.reading, required=found.required)

    def _one(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        inner = Row()
        view = self._planner.view(root.target, details, inner)
        parameter = self._add(arguments["id"], self._planner.filters.identity(root.target))
        column = self._row.add(ById(root.target, parameter, inner))
        return Field(key="", column=column, reading=view, required=False)

    def _many(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        source = Every(type=root.target, having=root.having)
        view = self._planner.connections.listed(source, arguments, details, self._row)
        return Field(key="", column=-1, reading=view, required=True)

    def _between(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        country = self._planner.filters.identity("Country")
        clause = _BETWEEN.format(
            source=self._add(arguments["source"], country),
            about=self._add(arguments["about"], country),
        )
        source = Question(type=root.target, clause=clause)
        view = self._planner.connections.listed(source, arguments, details, self._row)
        return Field(key="", column=-1, reading=view, required=True)

    def _search(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        planned = plan_search(self._catalog, self._planner, root, arguments)
        view = self._planner.connections.paged(
            "SearchConnection",
            planned.nodes,
            planned.order,
            arguments,
            details,
            self._row,
            planned.extras,
            told=planned.told,
            facets=planned.statements,
        )
        return Field(key="", column=-1, reading=view, required=True)

    def _neighbors(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        types = [item.value for item in arguments.get("types") or ()]
        clause = _NEIGHBORS.format(
            labels="|".join(self._catalog.segments.values()),
            types=f":{'|'.join(types)}" if types else "",
            start=self._add(arguments["id"], self._planner.identifiers.any),
        )
        order = (
            SortKey(variable="relationship", kind="string", descending=False, required=True),
            SortKey(variable="forward", kind="boolean", descending=True, required=True),
        )
        extras = {"relationship": _extra(0), "forward": _extra(1)}
        return self._question(
            "NeighborConnection", root, clause, order, ALWAYS, arguments, details, extras
        )

    def _co_cited(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        person = self._planner.filters.identity("Person")
        clause = _CO_CITED.format(person=self._add(arguments["person"], person))
        order = (SortKey(variable="articles", kind="integer", descending=True, required=True),)
        return self._question(
            "CoCitedConnection",
            root,
            clause,
            order,
            ALWAYS,
            arguments,
            details,
            {"articles": _extra(0)},
        )

    def _question(
        self,
        name: str,
        root: Root,
        clause: str,
        order: tuple[SortKey, ...],
        condition: Condition,
        arguments: Mapping[str, Any],
        details: Details,
        extras: Mapping[str, Field],
    ) -> Field:
        item = self._catalog.types[root.target]
        nodes = Nodes(source=Question(type=root.target, clause=clause), condition=condition)
        keys = (*order, identity(item))
        view = self._planner.connections.paged(
            name, nodes, keys, arguments, details, self._row, extras
        )
        return Field(key="", column=-1, reading=view, required=True)

    def _path(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        longest = arguments.get("maxLength") or 4
        if not 1 <= longest <= MAX_LENGTH:
            msg = f"'maxLength' must be between 1 and {MAX_LENGTH}, not {longest}."
            raise ArgumentError(msg)
        inner = Row()
        fields = []
        for key, part in self._selection.below("Path", details).items():
            name = name_of(part)
            if name == "__typename":
                fields.append(typename(key, "Path"))
            elif name == "length":
                fields.append(Field(key=key, column=0, reading=Leaf(), required=True))
            elif name == "nodes":
                view = self._planner.view("Node", part, inner)
                fields.append(Field(key=key, column=1, reading=Items(view=view), required=True))
            else:
                steps = {
                    step: Field(key="", column=index, reading=Leaf(), required=True)
                    for index, step in enumerate(("type", "source", "target"))
                }
                view = View(types={"PathStep": self._selection.plain("PathStep", part, steps)})
                fields.append(Field(key=key, column=2, reading=Items(view=view), required=True))
        any_id = self._planner.identifiers.any
        column = self._row.add(
            Ways(
                start=self._add(arguments["from"], any_id),
                end=self._add(arguments["to"], any_id),
                longest=longest,
                type=root.target,
                first=self._planner.connections.limit(arguments),
                relationships=tuple(
                    name for name in self._catalog.relationships if name not in LINKLESS
                ),
                row=inner,
            )
        )
        view = View(types={"Path": tuple(fields)})
        return Field(key="", column=column, reading=Items(view=view), required=True)

    def _stats(self, root: Root, arguments: Mapping[str, Any], details: Details) -> Field:
        fields = []
        for key, part in self._selection.below("Stats", details).items():
            name = name_of(part)
            if name == "__typename":
                fields.append(typename(key, "Stats"))
                continue
            counted = self._catalog.roots.get(name)
            required = counted is not None or name == "relationships"
            if counted is not None:
                source = Every(type=counted.target, having=counted.having)
                column = self._row.add(Total(Nodes(source=source, condition=ALWAYS)))
            else:
                column = self._row.add(Figure(name))
            fields.append(Field(key=key, column=column, reading=Leaf(), required=required))
        view = View(types={"Stats": tuple(fields)})
        return Field(key="", column=-1, reading=view, required=True)


def _extra(place: int) -> Field:
    return Field(key="", column=place, reading=Leaf(), required=True)
