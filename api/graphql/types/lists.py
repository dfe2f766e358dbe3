"""Connections, their edges, and the ways to count them."""

from collections.abc import Iterable

from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from api.graphql.compiler.catalog import Catalog, Group
from api.graphql.compiler.connections import DEFAULT_FIRST
from api.graphql.types.making import Types


def make_lists(types: Types, catalog: Catalog) -> None:
    """Make the connection, edge and aggregate of every node's type."""
    types.object(
        "PageInfo",
        "Where a page of a connection stands in the whole list.",
        [
            types.field("hasNextPage", "bool", "Whether more follow the last edge."),
            types.field("hasPreviousPage", "bool", "Whether more stand before the first edge."),
            types.field("startCursor", "str | None", "The cursor of the first edge."),
            types.field("endCursor", "str | None", "The cursor of the last edge, to go on after."),
        ],
    )
    for item in catalog.types.values():
        groups = [group_field(types, group) for group in item.groups.values()]
        if groups:
            text = f"What a list of the type {item.name} is made up of."
            types.object(f"{item.name}Aggregate", text, groups)
        make_connection(types, item.name, item.name, aggregated=bool(groups))


def make_connection(
    types: Types,
    name: str,
    node: str,
    *,
    extras: Iterable[StrawberryField] = (),
    aggregated: bool = False,
) -> None:
    """Make ``nameConnection`` and ``nameEdge`` over ``node``; ``extras`` are an edge's own."""
    types.object(
        f"{name}Edge",
        f"A node of the type {node} in a list.",
        [
            types.field("cursor", "str", "Where the edge stands: opaque, to give as after."),
            types.field("node", node, "What the edge leads to."),
            *extras,
        ],
    )
    fields = [
        types.field("edges", f"list[{name}Edge]", "The page, each node with its cursor."),
        types.field("nodes", f"list[{node}]", "The page, without cursors."),
        types.field("pageInfo", "PageInfo", "Where the page stands in the whole list."),
        types.field("totalCount", "int", "How many there are in the whole list."),
    ]
    if aggregated:
        text = "What the whole list is made up of."
        fields.append(types.field("aggregate", f"{name}Aggregate", text))
    types.object(f"{name}Connection", f"A page of a list of the type {node}.", fields)


def list_field(
    types: Types,
    name: str,
    target: str,
    description: str,
    arguments: Iterable[StrawberryArgument] = (),
) -> StrawberryField:
    """A field that is a list: to be filtered, sorted and paged."""
    order = (
        "What to sort by, first things first. Without it, a list has its type's own order. Ties "
        "are sorted by id; what lacks a value comes last."
    )
    given = [
        *arguments,
        types.argument("where", f"{target}Filter | None", "Only those that are such."),
        types.argument("orderBy", f"list[{target}Order] | None", order),
        *paging(types),
    ]
    return types.field(name, f"{target}Connection", description, given)


def paging(types: Types) -> list[StrawberryArgument]:
    """The arguments that ask for a page."""
    return [
        first(types, "How many at most."),
        types.argument("after", "str | None", "Go on after the edge with this cursor."),
        types.argument(
            "last", "int | None", "How many at most, from the end; first is not looked at then."
        ),
        types.argument("before", "str | None", "End before the edge with this cursor."),
    ]


def first(types: Types, description: str, default: int = DEFAULT_FIRST) -> StrawberryArgument:
    """The argument that bounds a list."""
    return types.argument("first", "int | None", description, default)


def group_field(types: Types, group: Group) -> StrawberryField:
    """The field for a way to count, with the type of its entries."""
    if group.entry not in types.made:
        kind = {"date": "date"}.get(group.kind, group.target)
        key = {"date": "day", "enum": "value"}.get(group.kind, "node")
        types.object(
            group.entry,
            f"How many there are for one {'day' if key == 'day' else group.target}.",
            [
                types.field(key, kind, "What is counted for."),
                types.field("count", "int", "How many."),
            ],
        )
    text = "How many entries at most."
    return types.field(group.name, f"list[{group.entry}]", group.description, [first(types, text)])
