"""The nodes of a file between reading and writing: in SQLite, so that memory stays flat.

The database has no name: SQLite keeps a small one in memory, puts a large one into the folder for
temporary files, and leaves nothing there, however the process ends.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby

import orjson

from ontology.rdf.nodes import Node, Value
from ontology.rdf.values import Scalar

Edge = tuple[str, str, str]
"""Source, type and target of a relationship."""

_BATCH = 1_000
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -32768;
CREATE TABLE drafts (id TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE nodes (
  id TEXT PRIMARY KEY, key TEXT NOT NULL, labels TEXT NOT NULL, content BLOB NOT NULL,
  found INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE edges (
  source TEXT NOT NULL, type TEXT NOT NULL, target TEXT NOT NULL, line INTEGER NOT NULL,
  found INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (source, type, target)
) WITHOUT ROWID;
BEGIN;
"""


@dataclass(slots=True)
class Draft:
    """What a file says of a node, before it is known to be whole; values and edges with lines."""

    line: int = 0
    labels: set[str] = field(default_factory=set)
    values: list[tuple[str, Scalar, int]] = field(default_factory=list)
    edges: list[tuple[str, str, int]] = field(default_factory=list)


class Staging:
    """Drafts come in, in any order; nodes and relationships go out, sorted.

    Attributes:
        counted: whether the file says how many triples it has.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._drafts: list[tuple[str, bytes]] = []
        self._nodes: list[tuple[str, str, str, bytes]] = []
        self._edges: list[tuple[str, str, str, int]] = []
        self.counted = False

    def draft(self, identifier: str, draft: Draft) -> None:
        """Take in what a part of the file says of a node; nothing, for one without an id."""
        if not identifier:
            return
        told = (draft.line, sorted(draft.labels), draft.values, draft.edges)
        self._drafts.append((identifier, orjson.dumps(told)))
        if len(self._drafts) >= _BATCH:
            self._flush()

    def drafts(self) -> Iterator[tuple[str, Draft]]:
        """The drafts by id, those of one node made one."""
        self._flush()
        rows = self._connection.execute("SELECT id, content FROM drafts ORDER BY id, rowid")
        for identifier, parts in groupby(rows, key=lambda row: str(row[0])):
            whole = Draft()
            for _, content in parts:
                line, labels, values, edges = orjson.loads(content)
                whole.line = whole.line or line
                whole.labels.update(labels)
                whole.values += [(key, value, number) for key, value, number in values]
                whole.edges += [(kind, target, number) for kind, target, number in edges]
            yield identifier, whole

    def add(self, node: Node, key: str, lines: dict[tuple[str, str], int]) -> None:
        """Take in a node with the label under which its id is unique, and its edges' lines."""
        content = orjson.dumps(node.properties)
        self._nodes.append((node.id, key, " ".join(sorted(node.labels)), content))
        self._edges += [(node.id, *edge, line) for edge, line in lines.items()]
        if len(self._nodes) >= _BATCH:
            self._flush()

    def loose(self) -> Iterator[tuple[str, str, str, int]]:
        """The relationships that lead to no node, with their lines; drafts are of no use then."""
        self._flush()
        self._connection.execute("DROP TABLE drafts")
        yield from self._connection.execute(
            "SELECT source, type, target, line FROM edges WHERE NOT EXISTS"
            " (SELECT 1 FROM nodes WHERE nodes.id = edges.target) ORDER BY line LIMIT 1"
        )

    def node(self, identifier: str) -> Node | None:
        """The node of this id."""
        found = self._connection.execute(
            "SELECT id, labels, content FROM nodes WHERE id = ?", (identifier,)
        ).fetchone()
        return self._made(found) if found else None

    def nodes(self) -> Iterator[Node]:
        """All nodes, sorted by id."""
        for row in self._connection.execute("SELECT id, labels, content FROM nodes ORDER BY id"):
            yield self._made(row)

    def found(self, nodes: Iterable[Node]) -> None:
        """Note that these nodes need not be written, nor their relationships."""
        for node in nodes:
            self._connection.execute("UPDATE nodes SET found = 1 WHERE id = ?", (node.id,))
            self._connection.executemany(
                "UPDATE edges SET found = 1 WHERE source = ? AND type = ? AND target = ?",
                [(node.id, *edge) for edge in node.edges],
            )

    def count(self) -> tuple[int, int, int, int]:
        """How many nodes and relationships there are, and how many of each are to be written."""
        nodes = self._connection.execute("SELECT count(*), sum(NOT found) FROM nodes").fetchone()
        edges = self._connection.execute("SELECT count(*), sum(NOT found) FROM edges").fetchone()
        return nodes[0], edges[0], nodes[1] or 0, edges[1] or 0

    def new_nodes(self, *, last: str) -> Iterator[tuple[str, tuple[str, ...], Iterator[Node]]]:
        """What is to be written: key, labels and nodes; those of the key ``last`` come last."""
        rows = self._connection.execute(
            "SELECT id, labels, content, key FROM nodes WHERE NOT found"
            " ORDER BY key = ?, key, labels, id",
            (last,),
        )
        for (key, labels), group in groupby(rows, key=lambda row: (str(row[3]), str(row[1]))):
            yield key, tuple(labels.split()), (self._made(row[:3]) for row in group)

    def new_edges(self) -> Iterator[tuple[Edge, Iterator[tuple[str, str]]]]:
        """What is to be written: keys of both ends with the type between, and pairs of ids."""
        rows = self._connection.execute(
            "SELECT source.key, edges.type, target.key, source.id, target.id FROM edges"
            " JOIN nodes AS source ON source.id = edges.source"
            " JOIN nodes AS target ON target.id = edges.target"
            " WHERE NOT edges.found ORDER BY 1, 2, 3, 4, 5"
        )
        for (source, kind, target), group in groupby(rows, key=lambda row: row[:3]):
            yield (source, kind, target), ((str(row[3]), str(row[4])) for row in group)

    def _made(self, row: tuple[str, str, bytes]) -> Node:
        identifier, labels, content = row
        properties: dict[str, Value] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in orjson.loads(content).items()
        }
        rows = self._connection.execute(
            "SELECT type, target FROM edges WHERE source = ?", (identifier,)
        )
        return Node(
            id=identifier,
            labels=frozenset(labels.split()),
            properties=properties,
            edges=frozenset((str(kind), str(target)) for kind, target in rows),
        )

    def _flush(self) -> None:
        self._connection.executemany("INSERT INTO drafts VALUES (?, ?)", self._drafts)
        insert = "INSERT INTO nodes (id, key, labels, content) VALUES (?, ?, ?, ?)"
        self._connection.executemany(insert, self._nodes)
        insert = "INSERT INTO edges (source, type, target, line) VALUES (?, ?, ?, ?)"
        self._connection.executemany(insert, self._edges)
        self._drafts, self._nodes, self._edges = [], [], []


@contextmanager
def open_staging() -> Iterator[Staging]:
    """An empty staging, gone when the block ends."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.executescript(_SCHEMA)
        yield Staging(connection)
