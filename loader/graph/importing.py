"""An exported file back into a database: the same graph again, or nothing.

The whole file is read and held against the ontology, and against the number of triples that it
says it has, before the first write. The database must be empty, or hold nothing but what the file
says: an import that was killed is finished by running it again, and importing what is already there
changes nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import Driver, ManagedTransaction, Session

from loader.graph.origins.settling import await_all_origins, find_origins
from loader.graph.schema import check, create
from loader.graph.searching import complete
from ontology.iris import DATASET_ID
from ontology.model import Model, Property, load_model
from ontology.rdf.nodes import Node, Projection, projections
from ontology.rdf.reading import staged_nodes, written_version
from ontology.rdf.staging import Staging
from ontology.rdf.values import RdfError, native
from queries import cypher
from queries.nodes import count_nodes, node_pages, nodes_statement

Progress = Callable[[int, int], None]
"""Told how many nodes and relationships are dealt with, and of how many."""
Batch = tuple[str, list[dict[str, Any]]]
"""A statement with its rows."""

_BATCH_ROWS = 10_000
_BATCH_CHARACTERS = 8_000_000
"""What a transaction writes at most, so that memory stays flat here and in the database."""


class RefusedError(Exception):
    """The file cannot be imported into the database; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file holds, and how many of its nodes and relationships were new to the database.

    Attributes:
        counted: whether the file says how many triples it has, so that it is known to be whole.
    """

    nodes: int
    relationships: int
    new_nodes: int
    new_relationships: int
    counted: bool = True


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
        RdfError: the file is no RDF, is not whole, or says what the graph has no place for, with
            line and reason; nothing was written.
        RefusedError: the file is of another version of the ontology, or the database holds
            something else; nothing was written.
        VersionError: the graph in the database is of another version of the ontology.
        SchemaError: the database holds other data.
        OSError: the file cannot be read.
    """
    model = load_model()
    with _read(path, model) as staging, driver.session(database=database) as session:
        check(session, model)
        there = _compare(driver, database, model, staging)
        create(session, model)
        imported = _write(session, model, staging, progress, undo=not there)
        if imported.new_nodes:
            complete(session, everything=True)
            await_all_origins(session)
            find_origins(session)
        return imported


def _compare(driver: Driver, database: str | None, model: Model, staging: Staging) -> int:
    """Note what of the file the database holds already; return how many nodes that is."""
    there = 0
    for item in projections(model):
        pages = node_pages(driver, database, nodes_statement(item.label, item.columns))
        for rows in pages:
            nodes = [_readable(item, row) for row in rows]
            for node in nodes:
                _refuse_other(node, staging.node(node.id))
            staging.found(nodes)
            there += len(nodes)
    if count_nodes(driver, database) != there:
        raise RefusedError(_NOT_EMPTY.format("nodes that were not written by newsgraph"))
    return there


def _refuse_other(node: Node, meant: Node | None) -> None:
    """RefusedError unless ``node`` of the database is ``meant``, the file's, or a part of it."""
    if meant is None:
        raise RefusedError(_NOT_EMPTY.format(f"{node.id}, which is not in the file"))
    if (node.labels, node.properties) != (meant.labels, meant.properties):
        raise RefusedError(_NOT_EMPTY.format(f"{node.id}, which is different in the file"))
    if node.edges - meant.edges:
        kind, target = min(node.edges - meant.edges)
        raise RefusedError(
            _NOT_EMPTY.format(f"{node.id} {kind} {target}, which is not in the file")
        )


def _readable(item: Projection, row: list[Any]) -> Node:
    try:
        return item.node(row)
    except RdfError as error:
        raise RefusedError(
            _NOT_EMPTY.format(f"data that cannot be in a file: {str(error).rstrip('.')}")
        ) from error


@contextmanager
def _read(path: Path, model: Model) -> Iterator[Staging]:
    """The nodes of a file of this version of the ontology."""
    try:
        with staged_nodes(path, model) as staging:
            dataset = staging.node(DATASET_ID)
            said = dataset.properties.get("ontologyVersion") if dataset else None
            if said is None:
                msg = (
                    f"{path} does not name the version of the ontology it was written with: it"
                    f" lacks {DATASET_ID}. Export it again."
                )
                raise RefusedError(msg)
            if said != model.version:
                raise _other_version(path, said, model)
            yield staging
    except RdfError as error:
        # What the ontology has no place for, another version may have.
        version = written_version(path)
        if version in (None, model.version):
            raise
        raise _other_version(path, version, model) from error


def _other_version(path: Path, version: object, model: Model) -> RefusedError:
    return RefusedError(
        f"{path} was written with version {version} of the ontology, but this version of "
        f"newsgraph uses {model.version}. Import it with the version of newsgraph that wrote it, "
        "or load the pages again."
    )


def _write(
    session: Session, model: Model, staging: Staging, progress: Progress | None, *, undo: bool
) -> Imported:
    """Write what is missing: all of it in one transaction if it is little, else in batches."""
    nodes, edges, new_nodes, new_edges = staging.count()
    total = new_nodes + new_edges
    missing = _batches(model, staging)
    groups = iter([list(missing)]) if total <= _BATCH_ROWS else ([batch] for batch in missing)
    done = 0
    try:
        for group in groups:
            session.execute_write(_run, group)
            done += sum(len(rows) for _, rows in group)
            if progress is not None:
                progress(done, total)
    except BaseException:
        if undo:
            session.run(cypher("import/undo")).consume()
        raise
    return Imported(
        nodes=nodes,
        relationships=edges,
        new_nodes=new_nodes,
        new_relationships=new_edges,
        counted=staging.counted,
    )


def _run(tx: ManagedTransaction, batches: list[Batch]) -> None:
    for statement, rows in batches:
        tx.run(statement, rows=rows).consume()


def _batches(model: Model, staging: Staging) -> Iterator[Batch]:
    """Nodes, the dataset last of them, then relationships."""
    dataset = next(item.label for item in projections(model) if DATASET_ID.startswith(item.segment))
    for key, labels, nodes in staging.new_nodes(last=dataset):
        statement = cypher("import/nodes").format(key=key, labels=":".join(labels))
        rows = ({"id": node.id, "properties": _properties(model, node)} for node in nodes)
        yield from _parted(statement, rows)
    for (source, kind, target), pairs in staging.new_edges():
        statement = cypher("import/edges").format(source=source, type=kind, target=target)
        yield from _parted(statement, ({"source": one, "target": other} for one, other in pairs))


def _parted(statement: str, rows: Iterator[dict[str, Any]]) -> Iterator[Batch]:
    batch: list[dict[str, Any]] = []
    characters = 0
    for row in rows:
        batch.append(row)
        values = row.get("properties", {}).values()
        characters += sum(len(value) for value in values if isinstance(value, str))
        if len(batch) >= _BATCH_ROWS or characters >= _BATCH_CHARACTERS:
            yield statement, batch
            batch, characters = [], 0
    if batch:
        yield statement, batch


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


_NOT_EMPTY = (
    "The database is not empty: it contains {}. Import into an empty database (`newsgraph db "
    "reset` empties the local one)."
)
