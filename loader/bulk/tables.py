"""A stage as the CSV files that ``neo4j-admin database import`` reads."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from loader.bulk.lines import DELIMITER, EDGE, columns, write_rows
from loader.bulk.matching import match_claims, renamed, resolve_names
from loader.bulk.staging import TABLES, UNRESOLVED, Stage
from ontology import iris
from ontology.iris import DATASET_ID
from ontology.model import Model
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


def write_tables(stage: Stage, run: Run) -> Tables:
    """Write everything in ``stage`` to files in its folder of tables, as read by ``run``."""
    model, folder = stage.model, stage.folder / TABLES
    folder.mkdir(exist_ok=True)
    grown = stage.files.within(TABLES)
    resolve_names(stage.connection)
    total = sum(rows for _, rows in grown)
    nodes = [(_kind(path), path) for path, _ in grown if path.name.startswith("nodes-")]
    edges = [(_kind(path), path) for path, _ in grown if path.name.startswith("edges-")]
    for labels, found in _nodes(stage.connection, run, model):
        path = folder / f"nodes-{labels.replace(':', '-')}.csv"
        own = columns(model, labels.rpartition(":")[2])
        total += write_rows(path, own.header, (own.row(row["id"], row) for row in found))
        nodes.append((labels, path))
    path = folder / "nodes-Article.csv"
    own = columns(model, "Article")
    total += write_rows(path, own.header, _articles(stage.connection, own.keys))
    nodes.append(("Article", path))
    for name, pairs in _edges(stage, run):
        path = folder / f"edges-{name}.csv"
        total += write_rows(path, EDGE, pairs)
        edges.append((name.partition("-")[0], path))
    return Tables(nodes=tuple(sorted(nodes)), relationships=tuple(sorted(edges)), rows=total)


def _kind(path: Path) -> str:
    return path.stem.partition("-")[2]


def _nodes(
    connection: sqlite3.Connection, run: Run, model: Model
) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    yield "Dataset", [{"id": DATASET_ID, "ontologyVersion": model.version}]
    yield (
        "ExtractionRun",
        [
            {
                "id": run.id,
                "software": run.software,
                "version": run.version,
                "model": run.model,
                "ontologyVersion": run.ontology_version,
                "startedAt": run.started.isoformat().replace("+00:00", "Z"),
            }
        ],
    )
    yield "Page", _named(connection, "SELECT id, name, mediaType, url FROM pages")
    yield "Claim", match_claims(connection)
    yield "ClaimMatch", _named(connection, "SELECT id, score FROM matches")
    yield "Name", _names(connection)
    yield "Person", _entities(connection, "Person")
    yield "Organization", _entities(connection, "Organization")
    yield "Organization:Outlet", _entities(connection, "Outlet")
    yield "Country", _countries(connection)


def _edges(stage: Stage, run: Run) -> Iterator[tuple[str, Rows]]:
    """The relationships that wait until everything has been read, by the names of their files."""
    connection = stage.connection
    others = renamed(connection)
    for path, _ in stage.files.within(UNRESOLVED):
        yield _kind(path), _to_denoted(path, others)
    yield "ABOUT-claims", connection.execute("SELECT source, target FROM claim_countries")
    matches = "SELECT id, one FROM matches UNION ALL SELECT id, other FROM matches"
    yield "BETWEEN", connection.execute(matches)
    yield "DENOTES", connection.execute("SELECT name, entity FROM denotes")
    yield "FROM_PAGE", connection.execute("SELECT DISTINCT article, page FROM locations")
    read = "SELECT id, ? FROM pages UNION ALL SELECT id, ? FROM articles"
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


def _articles(connection: sqlite3.Connection, keys: Sequence[str]) -> Iterator[Sequence[Any]]:
    at = 1 + keys.index("locations")
    read = """
        SELECT properties, location FROM articles JOIN locations ON article = id
        ORDER BY articles.rowid, location"""
    for properties, rows in groupby(connection.execute(read), key=itemgetter(0)):
        cells = orjson.loads(properties)
        cells[at] = DELIMITER.join(location for _, location in rows)
        yield cells


def _names(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    read = """
        SELECT id, kind, spelling, matchKey, resolution FROM names JOIN denotes ON name = id
        ORDER BY id"""
    forms = _Following(connection.execute("SELECT id, form FROM forms ORDER BY id, form"))
    others = _Following(connection.execute("SELECT id, other FROM alternatives ORDER BY id, other"))
    for row in _named(connection, read):
        yield row | {"forms": forms.of(row["id"]), "alternatives": others.of(row["id"])}


def _entities(connection: sqlite3.Connection, kind: str) -> Iterator[dict[str, Any]]:
    """The people, organizations or outlets that names denote; one outlet's name makes an outlet."""
    kinds = """
        SELECT entity FROM denotes JOIN names ON id = name
        GROUP BY entity HAVING max(kind) = ? ORDER BY entity"""
    forms = _Following(
        connection.execute(
            "SELECT DISTINCT entity, form FROM denotes JOIN forms ON id = name"
            " ORDER BY entity, form"
        )
    )
    for (entity,) in connection.execute(kinds, (kind,)):
        own = connection.execute("SELECT spelling FROM names WHERE id = ?", (iris.name_id(entity),))
        ((name,),) = own
        aliases = [form for form in forms.of(entity) if form != name]
        yield {"id": entity, "name": name, "aliases": aliases}


def _countries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    forms = _Following(connection.execute("SELECT id, form FROM forms ORDER BY id, form"))
    read = "SELECT id, properties FROM countries ORDER BY id"
    for identifier, packed in connection.execute(read):
        properties = orjson.loads(packed)
        aliases = [form for form in forms.of(identifier) if form != properties["name"]]
        yield {"id": identifier, **properties, "aliases": aliases}


class _Following:
    """Values by their keys, both in order, read along with keys in the same order."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, key: str) -> list[str]:
        """The values of ``key``, which follows all keys that were asked for before."""
        while self._next is not None and self._next[0] < key:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != key:
            return []
        values = [value for _, value in self._next[1]]
        self._next = next(self._groups, None)
        return values


def _named(connection: sqlite3.Connection, statement: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(statement)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))
