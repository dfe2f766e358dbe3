"""The plan of an operation: what to read from the graph, as a typed tree.

A row of the graph becomes a positional list. A ``Row`` says which columns it has, a ``View`` how
a selection reads them: two selections of the same nodes share their columns.
"""

from dataclasses import dataclass, field

from api.graphql.compiler.catalog import Group, Kind, Step, Walk
from api.graphql.compiler.cursors import CursorKind
from api.graphql.compiler.plan_conditions import ALWAYS, Condition

# ── Lists ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """All nodes of a type, or those with the walk ``having``."""

    type: str
    having: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """What a walk from the parent leads to."""

    walk: Walk

    @property
    def type(self) -> str:
        """The type of the ends."""
        return self.walk.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a fixed clause finds: it binds ``@``, the node, and the variables of sort keys.

    ``said`` is a condition on ``said`` inside the clause, where that has ``{where}``. ``told`` are
    variables that it binds beside the node, where it is to run but once, however often it is read.
    """

    type: str
    clause: str
    said: Condition = ALWAYS
    told: tuple[str, ...] = ()


Source = Every | Along | Question


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKey:
    """What a list is sorted by: a property, how many a walk leads to, or a clause's variable.

    ``values`` are all values of the property, where there are few.
    """

    key: str = ""
    walk: Walk | None = None
    variable: str = ""
    kind: CursorKind
    descending: bool
    required: bool
    indexed: bool = False
    values: tuple[str | bool, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """Which nodes a list is about, paging aside."""

    source: Source
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which of them, in which order: ``more`` asks for one beyond the page.

    ``after`` and ``before`` are the parameters of cursors. ``backward`` takes the list's last
    nodes, in the list's order all the same.
    """

    order: tuple[SortKey, ...]
    size: str
    after: tuple[str, ...]
    before: tuple[str, ...]
    backward: bool
    more: bool


# ── Columns ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Value:
    """A property of the node; ``many``: a list, empty where there is none."""

    key: str
    kind: Kind
    many: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The node's labels, which tell its type."""


@dataclass(frozen=True, slots=True)
class Key:
    """A value the list is sorted by, for the cursor or an edge's own field."""

    sort: SortKey


@dataclass(frozen=True, slots=True)
class One:
    """A row for what a walk to one leads to."""

    walk: Walk
    row: "Row"


@dataclass(frozen=True, slots=True)
class ById:
    """A row for the node with the id in a parameter."""

    type: str
    parameter: str
    row: "Row"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows for a page of a list."""

    nodes: Nodes
    paging: Paging
    row: "Row"


@dataclass(frozen=True, slots=True)
class Total:
    """How many nodes a list is about."""

    nodes: Nodes


@dataclass(frozen=True, slots=True)
class Groups:
    """A list's nodes counted by a group: rows for the groups, or their values, with counts.

    ``measures`` are further figures of each.
    """

    nodes: Nodes
    group: Group
    first: str
    row: "Row | None"
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """Rows for the shortest ways between two nodes."""

    start: str
    end: str
    longest: int
    type: str
    first: str
    relationships: tuple[str, ...]
    row: "Row"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the whole graph, as an expression."""

    expression: str


Column = Value | Labels | Key | One | ById | Page | Total | Groups | Ways | Figure


@dataclass(slots=True)
class Row:
    """The columns of a row; equal plain columns are read once."""

    columns: list[Column] = field(default_factory=list)
    _plain: dict[Column, int] = field(default_factory=dict)

    def add(self, column: Column) -> int:
        """The position of ``column``, which is added if it is new."""
        if not isinstance(column, Value | Labels | Key):
            self.columns.append(column)
            return len(self.columns) - 1
        if column not in self._plain:
            self.columns.append(column)
            self._plain[column] = len(self.columns) - 1
        return self._plain[column]
