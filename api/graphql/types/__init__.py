"""The schema's types, generated from the catalog, with the ontology's descriptions.

A GraphQL type exists for each class (object or interface), and for each of those a connection,
an edge, a filter, an order and, where counting makes sense, an aggregate. Nothing here resolves
anything: the engine does.
"""

from strawberry.types.field import StrawberryField

from api.graphql.compiler.catalog import Catalog, Choice, EnumType, NodeType, Property
from api.graphql.types.inputs import make_inputs
from api.graphql.types.lists import list_field, make_lists
from api.graphql.types.making import Types
from api.graphql.types.roots import make_roots

__all__ = ["build_types"]

_SCALARS = {
    "id": "ID",
    "iri": "str",
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "date": "date",
    "dateTime": "datetime",
}
_DIRECTIONS = EnumType(
    name="SortDirection",
    description="The direction in which a list is sorted.",
    choices=(
        Choice(
            name="ASC", value="ASC", description="Ascending: smallest, first or oldest value first."
        ),
        Choice(
            name="DESC",
            value="DESC",
            description="Descending: largest, last or newest value first.",
        ),
    ),
)


def build_types(catalog: Catalog) -> tuple[type, tuple[type, ...]]:
    """The type ``Query``, and the nodes' types, which no field of it need name."""
    types = Types()
    for enum in (*catalog.enums.values(), _DIRECTIONS):
        types.enum(enum)
    for item in catalog.types.values():
        _node(types, item)
    make_lists(types, catalog)
    make_inputs(types, catalog)
    make_roots(types, catalog)
    return types.made["Query"], tuple(types.made[name] for name in catalog.types)


def _node(types: Types, item: NodeType) -> None:
    fields = [_property(types, prop) for prop in item.properties.values()]
    for walk in item.walks.values():
        if walk.many:
            fields.append(list_field(types, walk.name, walk.target, walk.description))
        else:
            fields.append(types.field(walk.name, f"{walk.target} | None", walk.description))
    narrowest = item.interfaces[-1] if item.interfaces else ""
    types.node(item.name, item.description, fields, abstract=item.abstract, narrowest=narrowest)


def _property(types: Types, prop: Property) -> StrawberryField:
    inner = prop.enum or _SCALARS[prop.kind]
    annotation = f"list[{inner}]" if prop.many else inner
    optional = "" if prop.required or prop.many else " | None"
    return types.field(prop.name, f"{annotation}{optional}", prop.description)
