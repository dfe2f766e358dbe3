"""What the API's types and fields mean in the graph, derived from the ontology.

Types, filters and descriptions of the schema are generated from this catalog, and the compiler
reads it: so what the schema promises and what the compiler does cannot drift apart.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "iri", "string", "integer", "boolean", "date", "dateTime", "enum"]
Period = Literal["day", "month", "year"]
COUNTED = "Count"
"""How the name of a sort by numbers ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of an enum: ``name`` in GraphQL, ``value`` in the graph."""

    name: str
    value: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumType:
    """An enum of the schema."""

    name: str
    description: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A field read from a node's property ``key``.

    It may be ``indexed`` by a range index, and be ``searchable`` by an index of parts of words.
    """

    name: str
    key: str
    kind: Kind
    description: str
    required: bool
    many: bool = False
    enum: str = ""
    indexed: bool = False
    searchable: bool = False

    @property
    def sortable(self) -> bool:
        """Whether lists may be sorted by it: one value, and not the words of a text."""
        return not self.many and self.kind != "iri" and self.key != "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One relationship of a walk.

    ``label`` is the label the end must be matched with, empty where the relationship's type
    already determines it. ``where`` are properties the end must have.
    """

    type: str
    forward: bool
    label: str
    end: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A field that leads over ``steps`` to nodes of the schema's type ``target``.

    ``order`` is what its list is sorted by where none is asked for, if not the type's own order.
    """

    name: str
    steps: tuple[Step, ...]
    target: str
    many: bool
    description: str
    order: tuple[tuple[str, bool], ...] = ()

    @property
    def counted(self) -> str:
        """The name by which lists are sorted by how many the walk leads to."""
        return f"{self.name}{COUNTED}"

    @property
    def direct(self) -> bool:
        """Whether each end is met at most once, so that nothing need be made distinct."""
        return len(self.steps) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A way to count a connection's nodes: by ``key`` of, or by, the nodes at the path's end.

    ``path`` names walks from the counted type; ``key`` is a property of the last type and empty
    where the nodes themselves are the groups. A date is counted by ``period``. ``pattern``, if
    given, leads from ``{start}`` to ``{end}`` in place of a path. Where it is ``measured``, what
    ``measures.py`` lists is told beside the counts.
    """

    name: str
    path: tuple[Walk, ...]
    key: str
    kind: Kind
    target: str
    description: str
    pattern: str = ""
    period: Period | None = None
    measured: bool = False

    @property
    def entry(self) -> str:
        """The name of the type of its entries."""
        counted = self.period.capitalize() if self.period else self.target
        return f"{counted}{'Measures' if self.measured else 'Count'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeType:
    """An object type (``members`` is itself) or interface (``members`` are its object types).

    ``label`` is the label all its nodes bear, empty for an interface over several.
    """

    name: str
    label: str
    abstract: bool
    description: str
    members: tuple[str, ...]
    interfaces: tuple[str, ...]
    properties: dict[str, Property]
    walks: dict[str, Walk]
    groups: dict[str, Group]
    order: tuple[tuple[str, bool], ...]


RootKind = Literal[
    "one", "many", "node", "search", "path", "neighbors", "between", "coCited", "stats"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A field of ``Query``. ``having`` restricts a list to the nodes with such a walk."""

    name: str
    kind: RootKind
    target: str
    description: str
    having: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything the schema offers: node types and enums by name, the fields of ``Query``.

    ``segments`` are the first parts of ids with the label that keys them; ``searched`` the text
    properties of the full-text index by label; ``kinds`` the relationships between nodes.
    """

    types: dict[str, NodeType]
    enums: dict[str, EnumType]
    roots: dict[str, Root]
    segments: dict[str, str]
    searched: dict[str, tuple[str, ...]]
    relationships: tuple[str, ...]
    version: str

    def members(self, name: str) -> tuple[NodeType, ...]:
        """The object types that a value of the type ``name`` can have."""
        return tuple(self.types[member] for member in self.types[name].members)
