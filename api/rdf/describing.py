"""What there is to say of one thing: itself, what it leads to, and what leads to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from neo4j import Driver

from ontology.model import Class, Model, Relationship
from ontology.rdf.nodes import Node, Projection, Row, projections
from ontology.rdf.writing import FormatName, writer
from queries import cypher
from queries.nodes import nodes_by_id, nodes_statement

EACH = 50
"""How many nodes are shown of those that lead to a thing by one relationship."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What leads to a thing by one relationship: the newest ids, and how many there are."""

    relationship: Relationship
    ids: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A thing with its surroundings.

    Attributes:
        node: the thing.
        item: its class.
        walks: what leads to it.
        nodes: by id, itself, what it leads to, what leads to it, and what that leads to.
        rows: the rows of the first three, by label.
    """

    node: Node
    item: Class
    walks: tuple[Walk, ...]
    nodes: dict[str, Node]
    rows: dict[str, list[Row]]

    def rdf(self, form: FormatName, model: Model, base: str) -> bytes:
        """The thing and its neighbours as RDF, sorted."""
        target = writer(form, model, base)
        pieces = [target.rows(label, rows) for label, rows in self.rows.items() if rows]
        return b"".join([target.opening(), *pieces, target.ending()])


def describe(
    driver: Driver, identifier: str, model: Model, *, database: str | None = None
) -> Description | None:
    """What the graph says of the node ``identifier``; None where there is none.

    Raises:
        RdfError: it holds what the ontology does not name.
    """
    reader = _Reader(driver, database, model)
    found = reader.read([identifier])
    if identifier not in found:
        return None
    node = found[identifier]
    item = next(c for labels, c in reader.classes.items() if labels == node.labels)
    walks = reader.walks(identifier, item)
    near = {target for _, target in node.edges} | {name for walk in walks for name in walk.ids}
    found |= reader.read(near - {identifier})
    rows = {label: sorted(rows) for label, rows in reader.rows.items()}
    further = {target for entry in found.values() for _, target in entry.edges}
    found |= reader.read(further - found.keys())
    return Description(node=node, item=item, walks=walks, nodes=found, rows=rows)


class _Reader:
    def __init__(self, driver: Driver, database: str | None, model: Model) -> None:
        self._driver = driver
        self._database = database
        self._model = model
        self._projections = projections(model)
        self.classes = {
            labels: item for entry in self._projections for labels, item in entry.classes.items()
        }
        self.rows: dict[str, list[Row]] = {entry.label: [] for entry in self._projections}

    def read(self, ids: Iterable[str]) -> dict[str, Node]:
        """The nodes with these ids that are there, by id; their rows are kept."""
        wanted = sorted(ids)
        found: dict[str, Node] = {}
        for item in self._projections:
            here = [name for name in wanted if name.startswith(item.required_ids)]
            statement = nodes_statement(item.label, item.columns)
            for rows in nodes_by_id(self._driver, self._database, statement, here):
                self.rows[item.label] += rows
                found.update((row[0], item.node(row)) for row in rows)
        return found

    def walks(self, identifier: str, item: Class) -> tuple[Walk, ...]:
        """What leads to the node, one walk for each relationship that any node takes to it."""
        key = next(entry.label for entry in self._projections if _holds(entry, item))
        walks = []
        with self._driver.session(database=self._database, default_access_mode="READ") as session:
            for edge in self._model.walks_to(item.label):
                statement = cypher("export/incoming").format(label=key, type=edge.type)
                row = session.run(statement, id=identifier, limit=EACH).single()
                known = self._model.classes[edge.source].segment
                ids = (
                    tuple(name for name in row["ids"] if name.startswith(f"{known}/"))
                    if row
                    else ()
                )
                if row and ids:
                    walks.append(Walk(relationship=edge, ids=ids, total=row["total"]))
        return tuple(walks)


def _holds(entry: Projection, item: Class) -> bool:
    return item.label in {below.label for below in entry.classes.values()}
