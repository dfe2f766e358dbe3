"""An exported file back into a database: the same graph again, or nothing.

The whole file is read and held against the ontology before the first write. The database must be
empty, or hold nothing but what the file says: an import that was killed is finished by running
it again, and importing what is already there changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from neo4j import Driver, ManagedTransaction, Session

from loader.graph.schema import check, create
from loader.graph.searching import complete
from ontology.iris import DATASET_ID
from ontology.model import Model, Property, load_model
from ontology.rdf.nodes import Node, Projection, projections
from ontology.rdf.reading import read_nodes, written_version
from ontology.rdf.values import RdfError, native
from queries import cypher
from queries.nodes import count_nodes, node_pages, nodes_statement

Progress = Callable[[int, int], None]
"""Told how many nodes and relationships are dealt with, and of how many."""

_BATCH = 10_000


class RefusedError(Exception):
    """The file cannot be imported into the database; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file holds, and how many of its nodes and relationships were new to the database."""

    nodes: int
    relationships: int
    new_nodes: int
    new_relationships: int


def import_file(
    driver: Driver,
    path: Path,
    *,
    database: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Make the graph in the file at ``path`` that of ``database``.

    Whatever base its IRIs begin with, things keep their ids.

    Raises:
        RdfError: the file is no RDF, or says what the graph has no place for, with line and
            reason; nothing was written.
        RefusedError: the file is of another version of the ontology, or the database holds
            something else; nothing was written.
        VersionError: the graph in the database is of another version of the ontology.
        SchemaError: the database holds other data.
        OSError: the file cannot be read.
    """
    model = load_model()
    nodes = _read(path, model)
    with driver.session(database=database) as session:
        check(session, model)
        found = _Found(driver, database, model, nodes)
        create(session, model)
        imported = _write(session, model, nodes, found, progress)
        if imported.new_nodes:
            complete(session, everything=True)
        return imported


class _Found:
    """What of the file the database holds already: ids of nodes, and relationships."""

    def __init__(
        self, driver: Driver, database: str | None, model: Model, nodes: Mapping[str, Node]
    ) -> None:
        self.nodes: set[str] = set()
        self.edges: set[tuple[str, str, str]] = set()
        for item in projections(model):
            pages = node_pages(driver, database, nodes_statement(item.label, item.columns))
            for rows in pages:
                for row in rows:
                    self._compare(_readable(item, row), nodes)
        if count_nodes(driver, database) != len(self.nodes):
            raise RefusedError(_NOT_EMPTY.format("nodes that were not written by newsgraph"))

    def _compare(self, node: Node, nodes: Mapping[str, Node]) -> None:
        meant = nodes.get(node.id)
        if meant is None:
            raise RefusedError(_NOT_EMPTY.format(f"{node.id}, which is not in the file"))
        if (node.labels, node.properties) != (meant.labels, meant.properties):
            raise RefusedError(_NOT_EMPTY.format(f"{node.id}, which is different in the file"))
        if node.edges - meant.edges:
            kind, target = min(node.edges - meant.edges)
            raise RefusedError(
                _NOT_EMPTY.format(f"{node.id} {kind} {target}, which is not in the file")
            )
        self.nodes.add(node.id)
        self.edges.update((node.id, kind, target) for kind, target in node.edges)


def _readable(item: Projection, row: list[Any]) -> Node:
    try:
        return item.node(row)
    except RdfError as error:
        raise RefusedError(
            _NOT_EMPTY.format(f"data that cannot be in a file: {str(error).rstrip('.')}")
        ) from error


def _read(path: Path, model: Model) -> dict[str, Node]:
    """The nodes of a file of this version of the ontology."""
    try:
        nodes = read_nodes(path, model)
    except RdfError as error:
        # What the ontology has no place for, another version may have.
        version = written_version(path)
        if version in (None, model.version):
            raise
        raise _other_version(path, version, model) from error
    dataset = nodes.get(DATASET_ID)
    said = dataset.properties.get("ontologyVersion") if dataset else None
    if said is None:
        msg = (
            f"{path} does not name the version of the ontology it was written with: it lacks "
            f"{DATASET_ID}. Export it again."
        )
        raise RefusedError(msg)
    if said != model.version:
        raise _other_version(path, said, model)
    return nodes


def _other_version(path: Path, version: object, model: Model) -> RefusedError:
    return RefusedError(
        f"{path} was written with version {version} of the ontology, but this version of "
        f"newsgraph uses {model.version}. Import it with the version of newsgraph that wrote it, "
        "or load the pages again."
    )


def _write(
    session: Session,
    model: Model,
    nodes: Mapping[str, Node],
    found: _Found,
    progress: Progress | None,
) -> Imported:
    """Write what is missing: all of it in one transaction if it is little, else in batches."""
    missing = [*_node_batches(model, nodes, found), *_edge_batches(model, nodes, found)]
    edges = sum(len(node.edges) for node in nodes.values())
    total = sum(len(rows) for _, rows in missing)
    done = 0
    groups = [missing] if total <= _BATCH else [[batch] for batch in missing]
    try:
        for group in groups:
            session.execute_write(_run, group)
            done += sum(len(rows) for _, rows in group)
            if progress is not None:
                progress(done, total)
    except BaseException:
        if not found.nodes:
            session.run(cypher("import/undo")).consume()
        raise
    return Imported(
        nodes=len(nodes),
        relationships=edges,
        new_nodes=len(nodes) - len(found.nodes),
        new_relationships=edges - len(found.edges),
    )


def _run(tx: ManagedTransaction, batches: list[tuple[str, list[dict[str, Any]]]]) -> None:
    for statement, rows in batches:
        tx.run(statement, rows=rows).consume()


def _node_batches(
    model: Model, nodes: Mapping[str, Node], found: _Found
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Statements with their rows; the dataset last, so that it stands for a whole import."""
    keys = _keys(model)
    groups: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for node in nodes.values():
        if node.id not in found.nodes:
            properties = _properties(model, node)
            groups[node.labels].append({"id": node.id, "properties": properties})
    for labels in sorted(groups, key=sorted):
        statement = cypher("import/nodes").format(key=keys[labels], labels=":".join(sorted(labels)))
        for rows in _batches(groups[labels]):
            yield statement, rows


def _edge_batches(
    model: Model, nodes: Mapping[str, Node], found: _Found
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    keys = _keys(model)
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for node in nodes.values():
        for kind, target in sorted(node.edges):
            if (node.id, kind, target) not in found.edges:
                ends = (keys[node.labels], kind, keys[nodes[target].labels])
                groups[ends].append({"source": node.id, "target": target})
    for source, kind, target in sorted(groups):
        statement = cypher("import/edges").format(source=source, type=kind, target=target)
        for rows in _batches(groups[source, kind, target]):
            yield statement, rows


def _keys(model: Model) -> dict[frozenset[str], str]:
    """For the labels of each class, the one under which ids are unique."""
    return {labels: item.label for item in projections(model) for labels in item.classes}


def _properties(model: Model, node: Node) -> dict[str, Any]:
    entries: dict[str, Property] = {
        entry.key: entry for label in node.labels for entry in model.classes[label].properties
    }
    return {
        key: [native(item, entries[key].datatype) for item in value]
        if isinstance(value, tuple)
        else native(value, entries[key].datatype)
        for key, value in node.properties.items()
    }


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


_NOT_EMPTY = (
    "The database is not empty: it contains {}. Import into an empty database (`newsgraph db "
    "reset` empties the local one)."
)
