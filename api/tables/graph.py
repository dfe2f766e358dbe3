"""The graph's nodes and relationships, page by page, for files of graph tools."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from neo4j import Driver

from api.rdf.parts import Part, part_ids
from ontology.model import Class, Datatype, Model, load_model
from ontology.rdf.nodes import Node, projections
from queries.nodes import count_nodes, node_pages, nodes_by_id, nodes_statement

_CAPTION = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A property that nodes may have, whatever their class."""

    key: str
    kind: Datatype
    many: bool


class GraphReader:
    """Reads the nodes of a graph, or of a part of it, as often as a format needs them.

    Nodes come sorted by id within each class, so that the same graph gives the same file.

    Attributes:
        total: how many nodes there are.
        read_nodes: how many nodes were read the last time.
        read_edges: how many relationships go out from them.
    """

    def __init__(self, driver: Driver, *, database: str | None, part: Part | None = None) -> None:
        self._driver = driver
        self._database = database
        self._ids = None if part is None else part_ids(driver, part, database=database)
        self.model: Model = load_model()
        self.read_nodes = self.read_edges = 0
        self.total = (
            count_nodes(driver, database)
            if self._ids is None
            else sum(len(ids) for ids in self._ids.values())
        )

    def nodes(self) -> Iterator[list[tuple[Node, Class]]]:
        """The nodes with their classes.

        Raises:
            RdfError: a node holds what the ontology does not name; the message names it.
        """
        self.read_nodes = self.read_edges = 0
        for item in projections(self.model):
            statement = nodes_statement(item.label, item.columns)
            pages = (
                node_pages(self._driver, self._database, statement)
                if self._ids is None
                else nodes_by_id(self._driver, self._database, statement, self._ids[item.label])
            )
            for rows in pages:
                found = [item.node(row) for row in rows]
                self.read_nodes += len(found)
                self.read_edges += sum(len(node.edges) for node in found)
                yield [(node, item.classes[node.labels]) for node in found]


Progress = Callable[[int], None]
"""Told how many nodes are read so far."""


def attributes(model: Model) -> tuple[Attribute, ...]:
    """Every property of the ontology, once, sorted by its key."""
    found = {entry.key: entry for item in model.concrete for entry in item.properties}
    many = {entry.key for item in model.concrete for entry in item.properties if entry.many}
    return tuple(
        Attribute(key=key, kind=found[key].datatype, many=key in many) for key in sorted(found)
    )


def caption(node: Node, item: Class) -> str:
    """What a node is called in a picture: in one line, and not too long."""
    value = node.properties.get(item.caption, node.id)
    text = " ".join(str(value[0] if isinstance(value, tuple) else value).split())
    return text if len(text) <= _CAPTION else f"{text[: _CAPTION - 1].rstrip()}…"


def edges(node: Node) -> list[tuple[str, str]]:
    """The relationships that go out from a node: type and target, sorted."""
    return sorted(node.edges)
