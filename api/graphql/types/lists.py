"""Connections, their edges, and the ways to count them."""

from collections.abc import Iterable

from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from api.graphql.compiler.catalog import Catalog, Group
from api.graphql.compiler.connections import DEFAULT_FIRST
from api.graphql.compiler.measures import MEASURES
from api.graphql.types.making import Types


def make_lists(types: Types, catalog: Catalog) -> None:
    """Make the connection, edge and aggregate of every node's type."""
    types.object(
        "PageInfo",
        "The position of a page within the whole list.",
        [
            types.field("hasNextPage", "bool", "Whether there are items after the last edge."),
            types.field(
                "hasPreviousPage", "bool", "Whether there are items before the first edge."
            ),
            types.field("startCursor", "str | None", "The cursor of the first edge."),
            types.field(
                "endCursor",
                "str | None",
                "The cursor of the last edge; pass it as `after` to get the next page.",
            ),
        ],
    )
    for item in catalog.types.values():
        groups = [group_field(types, group) for group in item.groups.values()]
        if groups:
            text = f"Counts over a whole list of {item.name}."
            types.object(f"{item.name}Aggregate", text, groups)
        make_connection(types, item.name, item.name, aggregated=bool(groups))


def make_connection(
    types: Types,
    name: str,
    node: str,
    *,
    extras: Iterable[StrawberryField] = (),
    fields: Iterable[StrawberryField] = (),
    aggregated: bool = False,
) -> None:
    """Make ``nameConnection`` and ``nameEdge`` over ``node``.

    ``fields`` are the connection's own, ``extras`` an edge's.
    """
    types.object(
        f"{name}Edge",
        f"An item in a list of {node}.",
        [
            types.field("cursor", "str", "An opaque cursor to pass as `after` or `before`."),
            types.field("node", node, "The node."),
            *extras,
        ],
    )
    given = [
        types.field("edges", f"list[{name}Edge]", "The nodes of the page, each with its cursor."),
        types.field("nodes", f"list[{node}]", "The nodes of the page, without cursors."),
        types.field("pageInfo", "PageInfo", "The position of the page within the whole list."),
        types.field("totalCount", "int", "The number of items in the whole list."),
    ]
    if aggregated:
        text = "Counts over the whole list."
        given.append(types.field("aggregate", f"{name}Aggregate", text))
    types.object(f"{name}Connection", f"A page of a list of {node}.", [*given, *fields])


def list_field(
    types: Types,
    name: str,
    target: str,
    description: str,
    arguments: Iterable[StrawberryArgument] = (),
) -> StrawberryField:
    """A field that is a list: to be filtered, sorted and paged."""
    order = (
        "What to sort by, in order of precedence; by default, the order of the type. Ties are "
        "sorted by id, and missing values come last."
    )
    given = [
        *arguments,
        types.argument("where", f"{target}Filter | None", "Only items that match this condition."),
        types.argument("orderBy", f"list[{target}Order] | None", order),
        *paging(types),
    ]
    return types.field(name, f"{target}Connection", description, given)


def paging(types: Types) -> list[StrawberryArgument]:
    """The arguments that ask for a page."""
    return [
        first(types, "The maximum number of items."),
        types.argument("after", "str | None", "Return the items after the edge with this cursor."),
        types.argument(
            "last",
            "int | None",
            "The maximum number of items, counted from the end; `first` is then ignored.",
        ),
        types.argument(
            "before", "str | None", "Return the items before the edge with this cursor."
        ),
    ]


def first(types: Types, description: str, default: int = DEFAULT_FIRST) -> StrawberryArgument:
    """The argument that bounds a list."""
    return types.argument("first", "int | None", description, default)


def group_field(types: Types, group: Group) -> StrawberryField:
    """The field for a way to count, with the type of its entries."""
    if group.entry not in types.made:
        of_time = {"day": "date", "month": "str", "year": "int"}
        kind = of_time[group.period] if group.period else group.target
        key = group.period or ("value" if group.kind == "enum" else "node")
        told = {"month": "The month, as in 2026-01."}.get(key, "What the count is for.")
        types.object(
            group.entry,
            f"The count for one {group.period or group.target}.",
            [
                types.field(key, kind, told),
                types.field("count", "int", "The count."),
                *(
                    types.field(name, "int", text)
                    for name, (_, text) in MEASURES.items()
                    if group.measured
                ),
            ],
        )
    text = "The maximum number of entries."
    return types.field(group.name, f"list[{group.entry}]", group.description, [first(types, text)])
