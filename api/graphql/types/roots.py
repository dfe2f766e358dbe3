"""``Query``: things by id, lists, and the questions with types of their own."""

from strawberry.types.field import StrawberryField

from api.graphql.compiler.catalog import Catalog, Root
from api.graphql.types.lists import first, list_field, make_connection, paging
from api.graphql.types.making import Types

_ANY_ID = "The id or IRI of the node."
_TEXT = (
    "What to search for: words, a phrase in quotation marks, or a question. Case, accents and "
    "endings do not matter."
)
_WHERE = (
    "Only statements that match this condition, and the claims they make; then nothing of other "
    "types is found."
)
_ROLES = "Only statements whose speaker the article cites in one of these roles; as `where`."
_MEANING = "Whether to find, and rank by, what is near in meaning, and names spelled nearly alike."
_OWN_ID = "The id of the node, its key (the id without the type), or its IRI."


def make_roots(types: Types, catalog: Catalog) -> None:
    """Make ``Query`` and what only its questions answer with."""
    _search(types)
    _neighbors(types)
    _path(types)
    _stats(types, catalog)
    fields = [_root(types, root) for root in catalog.roots.values()]
    types.object("Query", "The queries that the API supports.", fields)


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
                argument("source", "ID", "The country that makes the claims: its id, code or IRI."),
                argument(
                    "about", "ID", "The country that the claims are about: its id, code or IRI."
                ),
            ]
            return list_field(types, name, target, text, countries)
        case "stats":
            return types.field(name, "Stats", text)
        case "path":
            ends = [
                argument("from", "ID", "The id or IRI of the first node."),
                argument("to", "ID", "The id or IRI of the last node."),
                argument(
                    "maxLength", "int | None", "The maximum length of a path, from 1 to 6.", 4
                ),
                first(types, "The maximum number of paths.", 10),
            ]
            return types.field(name, "list[Path]", text, ends)
        case "search":
            own = [
                argument("text", "str", _TEXT),
                argument("types", "list[NodeType] | None", "Only nodes of these types."),
                argument("where", "StatementFilter | None", _WHERE),
                argument("roles", "list[CitationRole] | None", _ROLES),
                argument("meaning", "bool", _MEANING, True),
            ]
            return types.field(name, "SearchConnection", text, [*own, *paging(types)])
        case "neighbors":
            only = "Only relationships of these types."
            own = [
                argument("id", "ID", _ANY_ID),
                argument("types", "list[RelationshipType] | None", only),
            ]
            return types.field(name, "NeighborConnection", text, [*own, *paging(types)])
        case "coCited":
            own = [
                argument(
                    "person",
                    "ID",
                    "The id of the person, its key (the id without `person/`), or its IRI.",
                )
            ]
            return types.field(name, "CoCitedConnection", text, [*own, *paging(types)])


def _search(types: Types) -> None:
    types.object(
        "Highlight",
        "Text in a node that matches a search.",
        [
            types.field("field", "str", "The field that contains the text."),
            types.field("text", "str", "An excerpt around the first match."),
            types.field("matches", "list[str]", "The words in the excerpt that match, as written."),
        ],
    )
    extras = [
        types.field(
            "score",
            "float",
            "How well the node matches, compared with the others of this search; higher is better.",
        ),
        types.field("match", "SearchMatch", "How the node matches."),
        types.field("highlights", "list[Highlight]", "The text that matches."),
    ]
    facets = types.field(
        "facets",
        "StatementAggregate",
        "Counts of the statements found, or behind the claims found, those near in meaning "
        "among them.",
    )
    make_connection(types, "Search", "Node", extras=extras, fields=[facets])


def _neighbors(types: Types) -> None:
    extras = [
        types.field(
            "relationship",
            "RelationshipType",
            "The type of the relationship between the two nodes.",
        ),
        types.field(
            "forward", "bool", "Whether the relationship goes from the given node to this one."
        ),
    ]
    make_connection(types, "Neighbor", "Node", extras=extras)
    text = "The number of articles that cite both."
    make_connection(types, "CoCited", "Source", extras=[types.field("articles", "int", text)])


def _path(types: Types) -> None:
    types.object(
        "PathStep",
        "A relationship on a path between two nodes, in its own direction.",
        [
            types.field("type", "RelationshipType", "The type of the relationship."),
            types.field("source", "ID", "The id of the node at its start."),
            types.field("target", "ID", "The id of the node at its end."),
        ],
    )
    types.object(
        "Path",
        "A path between two nodes.",
        [
            types.field("length", "int", "The number of relationships."),
            types.field("nodes", "list[Node]", "The nodes on the path, including both ends."),
            types.field("steps", "list[PathStep]", "The relationships on the path, in order."),
        ],
    )


def _stats(types: Types, catalog: Catalog) -> None:
    fields = [
        types.field(root.name, "int", f"The number of nodes. {root.description}")
        for root in catalog.roots.values()
        if root.kind == "many"
    ]
    fields += [
        types.field("relationships", "int", "The number of relationships in the graph."),
        types.field("firstDay", "date | None", "The publication date of the oldest dated article."),
        types.field("lastDay", "date | None", "The publication date of the newest dated article."),
        types.field(
            "ontologyVersion",
            "str | None",
            "The version of the ontology that the graph was written with.",
        ),
    ]
    types.object("Stats", "Counts of what the graph contains.", fields)
