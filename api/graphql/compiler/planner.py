"""Selection → plan: which columns an operation reads, and how its answer reads them.

What each field means stands in the catalog. A field's syntax is planned once for each walk,
whatever number of types it is selected on, so that a plan grows with its document.
"""

from dataclasses import replace

from api.graphql.compiler.catalog import Catalog, Kind, NodeType, Property, Walk
from api.graphql.compiler.connections import Connections
from api.graphql.compiler.filters import Filters
from api.graphql.compiler.identifiers import Identifiers
from api.graphql.compiler.parameters import Parameters
from api.graphql.compiler.plan import Along, Labels, One, Row, Value
from api.graphql.compiler.selection import Details, Selection, name_of, typename
from api.graphql.compiler.views import Field, Leaf, View


class Planner:
    """Plans the selections on nodes of one operation."""

    def __init__(
        self, catalog: Catalog, selection: Selection, identifiers: Identifiers, max_first: int
    ) -> None:
        self.catalog = catalog
        self.selection = selection
        self.identifiers = identifiers
        self.parameters = Parameters()
        self.filters = Filters(catalog, self.parameters, identifiers)
        self.connections = Connections(
            catalog, selection, self.parameters, self.filters, self.view, max_first
        )
        self._planned: dict[object, Field] = {}

    def view(self, type_name: str, details: Details, row: Row) -> View:
        """How the selection below ``details`` reads ``row``, a node of the type."""
        members = self.catalog.members(type_name)
        types = {item.name: self._fields(item, details, row) for item in members}
        if len(members) == 1:
            return View(types=types)
        return View(types=types, labels=row.add(Labels()))

    def leaf(self, kind: Kind, enum: str = "", *, many: bool = False) -> Leaf:
        """How a property's value becomes the answer's."""
        if kind == "enum":
            names = {choice.value: choice.name for choice in self.catalog.enums[enum].choices}
            return Leaf(convert=names.get, many=many)
        if kind == "iri":
            return Leaf(convert=self.identifiers.iri)
        return Leaf(many=many)

    def _fields(self, item: NodeType, details: Details, row: Row) -> tuple[Field, ...]:
        fields = []
        for key, inner in self.selection.below(item.name, details).items():
            name = name_of(inner)
            if name == "__typename":
                fields.append(typename(key, item.name))
            elif name in item.properties:
                fields.append(self._property(key, item.properties[name], row))
            else:
                fields.append(replace(self._walk(item, item.walks[name], inner, row), key=key))
        return tuple(fields)

    def _property(self, key: str, prop: Property, row: Row) -> Field:
        return Field(
            key=key,
            column=row.add(Value(prop.key, prop.kind, prop.many)),
            reading=self.leaf(prop.kind, prop.enum, many=prop.many),
            required=prop.required or prop.many,
        )

    def _walk(self, item: NodeType, walk: Walk, details: Details, row: Row) -> Field:
        syntax = (id(row), walk, tuple(id(detail.node) for detail in details))
        if syntax not in self._planned:
            self._planned[syntax] = self._new_walk(item, walk, details, row)
        return self._planned[syntax]

    def _new_walk(self, item: NodeType, walk: Walk, details: Details, row: Row) -> Field:
        if walk.many:
            arguments = self.selection.arguments(item.name, details)
            view = self.connections.listed(Along(walk=walk), arguments, details, row)
            return Field(key="", column=-1, reading=view, required=True)
        inner = Row()
        view = self.view(walk.target, details, inner)
        return Field(key="", column=row.add(One(walk, inner)), reading=view, required=False)
