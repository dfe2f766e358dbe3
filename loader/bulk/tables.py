"""A stage as the CSV files that ``neo4j-admin database import`` reads."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from loader.bulk.lines import DELIMITER, EDGE, MULTILINE, columns, write_rows
from loader.bulk.matching import match_claims, renamed, resolve_names
from loader.bulk.preparing import TABLES, UNRESOLVED
from loader.bulk.staging import Stage
from loader.graph.delta import run_delta
from loader.graph.shared import Row, entity_row
from ontology.iris import DATASET_ID
from ontology.records import Run

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The files: nodes by their labels, relationships by their type, and how many rows in all.

    There can be several files of one type.
    """

    nodes: tuple[tuple[str, Path], ...]
    relationships: tuple[tuple[str, Path], ...]
    rows: int

    @property
    def multiline(self) -> tuple[Path, ...]:
        """The files with fields that span several lines."""
        files = (path for _, path in (*self.nodes, *self.relationships))
        return tuple(path for path in files if path.stem.endswith(MULTILINE))


def write_tables(stage: Stage, run: Run) -> Tables:
    """Write everything in ``stage`` to files in its folder of tables, as read by ``run``."""
    model, folder = stage.model, stage.folder / TABLES
    folder.mkdir(exist_ok=True)
    grown = stage.files.within(TABLES)
    resolve_names(stage.connection)
    total = sum(rows for _, rows in grown)
    nodes = [(_kind(path), path) for path, _ in grown if path.name.startswith("nodes-")]
    edges = [(_kind(path), path) for path, _ in grown if path.name.startswith("edges-")]
    for labels, found in _nodes(stage, run):
        path = folder / f"nodes-{labels.replace(':', '-')}.csv"
        written = write_rows(path, columns(model, labels.rpartition(":")[2]).header, found)
        total += sum(written.values())
        nodes.extend((labels, file) for file in written)
    for name, pairs in _edges(stage, run):
        path = folder / f"edges-{name}.csv"
        written = write_rows(path, EDGE, pairs)
        total += sum(written.values())
        edges.extend((name.partition("-")[0], file) for file in written)
    return Tables(nodes=tuple(sorted(nodes)), relationships=tuple(sorted(edges)), rows=total)


def _kind(path: Path) -> str:
    return path.stem.split("-")[1]


def _nodes(stage: Stage, run: Run) -> Iterator[tuple[str, Rows]]:
    """The nodes that wait until everything has been read, as rows, by their labels."""
    connection = stage.connection

    def rows(label: str, nodes: Iterable[Mapping[str, Any]]) -> Rows:
        own = columns(stage.model, label)
        return (own.row(row["id"], row) for row in nodes)

    made: dict[str, Iterable[Mapping[str, Any]]] = {
        "Dataset": [{"id": DATASET_ID, "ontologyVersion": stage.model.version}],
        "ExtractionRun": run_delta(run, stage.model).nodes["ExtractionRun"].values(),
        "Claim": match_claims(connection),
        "ClaimMatch": _named(connection, "SELECT id, score FROM matches"),
    }
    for label, table in stage.shared.items():
        if label == "Name":
            decided = "(SELECT resolution FROM denotes WHERE name = Name.id)"
            yield label, table.rows(connection, resolution=decided)
        else:
            yield label, rows(label, made[label]) if label in made else table.rows(connection)
    for labels in ("Person", "Organization", "Organization:Outlet"):
        label = labels.rpartition(":")[2]
        yield labels, rows(label, _entities(stage, label))


def _edges(stage: Stage, run: Run) -> Iterator[tuple[str, Rows]]:
    """The relationships that wait until everything has been read, by the names of their files."""
    connection = stage.connection
    others = renamed(connection)
    for path, _ in stage.files.within(UNRESOLVED):
        yield f"{_kind(path)}-denoted", _to_denoted(path, others)
    for (name,) in connection.execute("SELECT DISTINCT type FROM edges").fetchall():
        read = "SELECT source, target FROM edges WHERE type = ?"
        yield f"{name}-shared", connection.execute(read, (name,))
    matches = "SELECT id, one FROM matches UNION ALL SELECT id, other FROM matches"
    yield "BETWEEN", connection.execute(matches)
    yield "DENOTES", connection.execute("SELECT name, entity FROM denotes")
    read = "SELECT id, ? FROM Page UNION ALL SELECT id, ? FROM Article"
    yield "EXTRACTED_BY", connection.execute(read, (run.id, run.id))


def _to_denoted(path: Path, others: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """Lead relationships to whom names denote.

    Several names in an article can be one entity's, and what has them is linked to it once. All
    that one source is linked to stands together.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        last, seen = "", set[str]()
        for source, target in reader:
            if source != last:
                last, seen = source, set()
            denoted = others.get(target, target)
            if denoted not in seen:
                seen.add(denoted)
                yield source, denoted


def _entities(stage: Stage, kind: str) -> Iterator[Row]:
    """The people, organizations or outlets that names denote; one outlet's name makes an outlet."""
    read = f"""
        SELECT entity, id, spelling, kind, {stage.shared["Name"].value("forms")}
        FROM denotes JOIN Name ON id = name
        WHERE entity IN (
          SELECT entity FROM denotes JOIN Name ON id = name GROUP BY entity HAVING max(kind) = ?
        )
        ORDER BY entity"""  # noqa: S608
    names = stage.connection.execute(read, (kind,))
    for entity, found in groupby(names, key=itemgetter(0)):
        row, _ = entity_row(
            entity,
            (
                {"id": name, "spelling": spelling, "kind": kind, "forms": forms.split(DELIMITER)}
                for _, name, spelling, kind, forms in found
            ),
        )
        yield row


def _named(connection: sqlite3.Connection, statement: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(statement)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))
