"""``Query``: things by id, lists, and the questions with types of their own."""

from strawberry.types.field import StrawberryField

from api.graphql.compiler.catalog import Catalog, Root
from api.graphql.types.lists import first, list_field, make_connection, paging
from api.graphql.types.making import Types

_ANY_ID = "The node's id or IRI."
_OWN_ID = "The node's id, its key alone, or its IRI."


def make_roots(types: Types, catalog: Catalog) -> None:
    """Make ``Query`` and what only its questions answer with."""
    _search(types)
    _neighbors(types)
    _path(types)
    _stats(types, catalog)
    fields = [_root(types, root) for root in catalog.roots.values()]
    types.object("Query", "What can be asked of the graph.", fields)


def _root(types: Types, root: Root) -> StrawberryField:
    name, target, text = root.name, root.target, root.description
    argument = types.argument
    match root.kind:
        case "one":
            return types.field(name, f"{target} | None", text, [argument("id", "ID", _OWN_ID)])
        case "node":
            return types.field(name, "Node | None", text, [argument("id", "ID", _ANY_ID)])
        case "many":
            return list_field(types, name, target, text)
        case "between":
            countries = [
                argument("source", "ID", "The country that speaks: its id, code or IRI."),
                argument("about", "ID", "The country spoken of: its id, code or IRI."),
            ]
            return list_field(types, name, target, text, countries)
        case "stats":
            return types.field(name, "Stats", text)
        case "path":
            ends = [
                argument("from", "ID", "The id or IRI of the node to start from."),
                argument("to", "ID", "The id or IRI of the node to arrive at."),
                argument("maxLength", "int | None", "How many steps at most, 1 to 6.", 4),
                first(types, "How many ways at most.", 10),
            ]
            return types.field(name, "list[Path]", text, ends)
        case "search":
            own = [
                argument("text", "str", "The words to look for."),
                argument("types", "list[NodeType] | None", "Only nodes of these types."),
            ]
            return types.field(name, "SearchConnection", text, [*own, *paging(types)])
        case "neighbors":
            only = "Only over these relationships."
            own = [
                argument("id", "ID", _ANY_ID),
                argument("types", "list[RelationshipType] | None", only),
            ]
            return types.field(name, "NeighborConnection", text, [*own, *paging(types)])
        case "coCited":
            own = [argument("person", "ID", "The person's id, its key alone, or its IRI.")]
            return types.field(name, "CoCitedConnection", text, [*own, *paging(types)])


def _search(types: Types) -> None:
    types.object(
        "Highlight",
        "A place in a node's words that a search found.",
        [
            types.field("field", "str", "The field the words stand in."),
            types.field("text", "str", "Some of the words around the first match."),
            types.field("matches", "list[str]", "Those of them that match, as written."),
        ],
    )
    extras = [
        types.field("score", "float", "How well the node matches: higher is better."),
        types.field("highlights", "list[Highlight]", "Where the words were found."),
    ]
    make_connection(types, "Search", "Node", extras=extras)


def _neighbors(types: Types) -> None:
    extras = [
        types.field("relationship", "RelationshipType", "How the two are linked."),
        types.field("forward", "bool", "Whether it leads from the given node to this one."),
    ]
    make_connection(types, "Neighbor", "Node", extras=extras)
    text = "In how many articles both are cited."
    make_connection(types, "CoCited", "Source", extras=[types.field("articles", "int", text)])


def _path(types: Types) -> None:
    types.object(
        "PathStep",
        "A relationship on a way between two nodes, in its own direction.",
        [
            types.field("type", "RelationshipType", "Its type."),
            types.field("source", "ID", "The id of the node it starts from."),
            types.field("target", "ID", "The id of the node it leads to."),
        ],
    )
    types.object(
        "Path",
        "A way between two nodes.",
        [
            types.field("length", "int", "How many steps it has."),
            types.field("nodes", "list[Node]", "The nodes on it, both ends included."),
            types.field("steps", "list[PathStep]", "The relationships on it, in order."),
        ],
    )


def _stats(types: Types, catalog: Catalog) -> None:
    fields = [
        types.field(root.name, "int", f"How many there are. {root.description}")
        for root in catalog.roots.values()
        if root.kind == "many"
    ]
    fields += [
        types.field("relationships", "int", "How many relationships there are."),
        types.field("firstDay", "date | None", "The day of the oldest dated article."),
        types.field("lastDay", "date | None", "The day of the newest dated article."),
        types.field("ontologyVersion", "str | None", "The ontology the graph was written with."),
    ]
    types.object("Stats", "What is in the graph.", fields)
