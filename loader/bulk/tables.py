"""A stage as the CSV files that ``neo4j-admin database import`` reads, typed by the ontology."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from loader.bulk.staging import Stage
from loader.writer import Run
from ontology.iris import DATASET_ID
from ontology.model import Model

DELIMITER = "\x1f"
"""Between the items of a list: the separator that Unicode has for it, which no text holds."""
_TYPES = {"date": "date", "dateTime": "datetime", "integer": "long", "boolean": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The files: nodes by their labels, relationships by their type, and how many rows in all."""

    nodes: tuple[tuple[str, Path], ...]
    relationships: tuple[tuple[str, Path], ...]
    rows: int


def write_tables(stage: Stage, run: Run, model: Model, folder: Path) -> Tables:
    """Write everything in ``stage`` to files in ``folder``, as read by ``run``."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes, edges, total = [], [], 0
    for labels, rows in _nodes(stage.connection, run, model):
        path = folder / f"nodes-{labels.replace(':', '-')}.csv"
        total += _write_nodes(path, model, labels.rpartition(":")[2], rows)
        nodes.append((labels, path))
    for kind, pairs in _edges(stage.connection, run):
        path = folder / f"edges-{kind}.csv"
        total += _write(path, (":START_ID", ":END_ID"), pairs)
        edges.append((kind, path))
    return Tables(nodes=tuple(nodes), relationships=tuple(edges), rows=total)


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
    yield "Article", _articles(connection)
    for label in ("Statement", "Citation", "Mention"):
        yield (
            label,
            (
                {"id": identifier, **orjson.loads(properties)}
                for identifier, properties in connection.execute(
                    "SELECT id, properties FROM parts WHERE label = ?", (label,)
                )
            ),
        )
    yield "Claim", _named(connection, "SELECT id, text FROM claims")
    yield "Person", _entities(connection, "SELECT id, name FROM people")
    for labels, outlet in (("Organization", 0), ("Organization:Outlet", 1)):
        found = "SELECT id, name FROM organizations WHERE outlet = ?"
        yield labels, _entities(connection, found, outlet)
    yield "Country", _countries(connection)


def _edges(
    connection: sqlite3.Connection, run: Run
) -> Iterator[tuple[str, Iterable[Sequence[str]]]]:
    kinds = [kind for (kind,) in connection.execute("SELECT DISTINCT type FROM edges")]
    for kind in sorted({*kinds, "ABOUT"}):
        pairs = "SELECT source, target FROM edges WHERE type = ?"
        if kind == "ABOUT":
            pairs += " UNION ALL SELECT source, target FROM claim_countries"
        yield kind, connection.execute(pairs, (kind,))
    yield "FROM_PAGE", connection.execute("SELECT DISTINCT article, page FROM locations")
    read = "SELECT id, ? FROM pages UNION ALL SELECT id, ? FROM articles"
    yield "EXTRACTED_BY", connection.execute(read, (run.id, run.id))


def _articles(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for identifier, properties in connection.execute("SELECT id, properties FROM articles"):
        locations = connection.execute(
            "SELECT location FROM locations WHERE article = ? ORDER BY location", (identifier,)
        )
        yield {
            "id": identifier,
            "locations": [location for (location,) in locations],
            **orjson.loads(properties),
        }


def _entities(connection: sqlite3.Connection, found: str, *values: int) -> Iterator[dict[str, Any]]:
    for identifier, name in connection.execute(found, values):
        yield {"id": identifier, "name": name, "aliases": _aliases(connection, identifier, name)}


def _countries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for identifier, packed in connection.execute("SELECT id, properties FROM countries"):
        properties = orjson.loads(packed)
        aliases = _aliases(connection, identifier, properties["name"])
        yield {"id": identifier, **properties, "aliases": aliases}


def _aliases(connection: sqlite3.Connection, identifier: str, name: str) -> list[str]:
    rows = connection.execute("SELECT form FROM forms WHERE id = ? ORDER BY form", (identifier,))
    return [form for (form,) in rows if form != name]


def _named(connection: sqlite3.Connection, statement: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(statement)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _write_nodes(path: Path, model: Model, label: str, rows: Iterable[Mapping[str, Any]]) -> int:
    keys = {
        entry.key: _TYPES.get(entry.datatype, "string") + ("[]" if entry.many else "")
        for entry in model.classes[label].properties
        if entry.key != "id"
    }
    header = ("id:ID", *(f"{key}:{kind}" for key, kind in keys.items()))
    return _write(path, header, ((row["id"], *(_cell(row.get(k)) for k in keys)) for row in rows))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        return sum(1 for row in rows if writer.writerow(row))


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return DELIMITER.join(value) if isinstance(value, list) else value
