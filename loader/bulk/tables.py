"""A stage as the CSV files that ``neo4j-admin database import`` reads, typed by the ontology."""

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from loader.bulk.staging import Stage, transaction
from loader.resolution import Name, resolve
from loader.similarity import match_row, matched, sketches, words_of
from loader.writer import Run
from ontology import iris
from ontology.iris import DATASET_ID
from ontology.model import Model

DELIMITER = "\x1f"
"""Between the items of a list: the separator that Unicode has for it, which no text holds."""
_KEPT_CLAIMS = 10_000
"""Claims whose words are kept while others are compared with them."""
_TYPES = {"date": "date", "dateTime": "datetime", "integer": "long", "boolean": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The files: nodes by their labels, relationships by their type, and how many rows in all."""

    nodes: tuple[tuple[str, Path], ...]
    relationships: tuple[tuple[str, Path], ...]
    rows: int


# Several names in an article can be one entity's: what an article is linked to, once each.
_TO_NAMED = """
    SELECT DISTINCT source, coalesce(entity, target)
    FROM edges LEFT JOIN denotes ON name = target WHERE type = ?"""
_NAMING = frozenset(
    {
        *("WRITTEN_BY", "MENTIONS", "CITES", "PUBLISHED_BY"),
        *("ATTRIBUTED_TO", "REPORTED_VIA", "AFFILIATED_WITH", "OF", "REFERS_TO"),
    }
)
"""Types of relationships that lead to whom a name denotes."""


def write_tables(stage: Stage, run: Run, model: Model, folder: Path) -> Tables:
    """Write everything in ``stage`` to files in ``folder``, as read by ``run``."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes, edges, total = [], [], 0
    _resolve(stage.connection)
    _match(stage.connection)
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
    yield "Claim", _claims(connection)
    yield "ClaimMatch", _named(connection, "SELECT id, score FROM matches")
    yield "Name", _names(connection)
    yield "Person", _entities(connection, "Person")
    yield "Organization", _entities(connection, "Organization")
    yield "Organization:Outlet", _entities(connection, "Outlet")
    yield "Country", _countries(connection)


def _edges(
    connection: sqlite3.Connection, run: Run
) -> Iterator[tuple[str, Iterable[Sequence[str]]]]:
    kinds = [kind for (kind,) in connection.execute("SELECT DISTINCT type FROM edges")]
    for kind in sorted({*kinds, "ABOUT"}):
        pairs = _TO_NAMED if kind in _NAMING else "SELECT source, target FROM edges WHERE type = ?"
        if kind == "ABOUT":
            pairs += " UNION ALL SELECT source, target FROM claim_countries"
        yield kind, connection.execute(pairs, (kind,))
    yield (
        "BETWEEN",
        connection.execute("SELECT id, one FROM matches UNION ALL SELECT id, other FROM matches"),
    )
    yield "DENOTES", connection.execute("SELECT name, entity FROM denotes")
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


def _resolve(connection: sqlite3.Connection) -> None:
    """Decide whom the names denote, as ``resolution.settling`` does in the graph."""
    connection.executescript(
        "DROP TABLE IF EXISTS denotes;"
        "CREATE TABLE denotes (name TEXT PRIMARY KEY, entity TEXT, resolution TEXT) WITHOUT ROWID;"
    )
    others: dict[str, set[str]] = defaultdict(set)
    for name, other in connection.execute("SELECT id, other FROM alternatives"):
        others[name].add(other)
    with transaction(connection):
        found = connection.execute("SELECT matchKey, id, spelling FROM names ORDER BY matchKey")
        for _, rows in groupby(found, key=itemgetter(0)):
            names = [
                Name(id=name, spelling=spelling, alternatives=frozenset(others[name]))
                for _, name, spelling in rows
            ]
            connection.executemany(
                "INSERT INTO denotes VALUES (?, ?, ?)",
                [(name, item.entity, item.resolution) for name, item in resolve(names).items()],
            )
        connection.execute("CREATE INDEX denoted ON denotes (entity)")


def _match(connection: sqlite3.Connection) -> None:
    """Compare the claims, as ``similarity.match_claims`` does in the graph."""
    connection.executescript(
        "DROP TABLE IF EXISTS sketches; DROP TABLE IF EXISTS matches;"
        "CREATE TABLE sketches (sketch TEXT, claim TEXT);"
        "CREATE TABLE matches (id TEXT PRIMARY KEY, score INTEGER, one TEXT, other TEXT);"
    )
    with transaction(connection):
        for claim, text in connection.execute("SELECT id, text FROM claims"):
            rows = [(sketch, claim) for sketch in sketches(words_of(text))]
            connection.executemany("INSERT INTO sketches VALUES (?, ?)", rows)
        connection.execute("CREATE INDEX sketched ON sketches (sketch, claim)")
        connection.execute("CREATE INDEX claimed ON sketches (claim, sketch)")
        alike = connection.execute(
            "SELECT DISTINCT a.claim, b.claim, one.text, other.text FROM sketches AS a"
            " JOIN sketches AS b ON a.sketch = b.sketch AND a.claim < b.claim"
            " JOIN claims AS one ON one.id = a.claim JOIN claims AS other ON other.id = b.claim"
        )
        words = lru_cache(_KEPT_CLAIMS)(words_of)
        for one, other, left, right in alike:
            score = matched(words(left), words(right))
            if score is not None:
                row = match_row(one, other, score)
                connection.execute("INSERT INTO matches VALUES (:id, :score, :one, :other)", row)


def _claims(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    rows = connection.execute(
        "SELECT id, text, sketch FROM claims LEFT JOIN sketches ON claim = id ORDER BY id, sketch"
    )
    for (claim, text), found in groupby(rows, key=itemgetter(0, 1)):
        # A sketch begins with the number of its band.
        own = {f"sketch{sketch[0]}": sketch for _, _, sketch in found if sketch is not None}
        yield {"id": claim, "text": text} | own


def _names(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    read = """
        SELECT id, kind, spelling, matchKey, resolution FROM names JOIN denotes ON name = id"""
    for row in _named(connection, read):
        for key, select in (
            ("forms", "SELECT form FROM forms WHERE id = ? ORDER BY form"),
            ("alternatives", "SELECT other FROM alternatives WHERE id = ? ORDER BY other"),
        ):
            row[key] = [item for (item,) in connection.execute(select, (row["id"],))]
        yield row


def _entities(connection: sqlite3.Connection, kind: str) -> Iterator[dict[str, Any]]:
    """The people, organizations or outlets that names denote; one outlet's name makes an outlet."""
    kinds = """
        SELECT entity FROM denotes JOIN names ON id = name
        GROUP BY entity HAVING max(kind) = ? ORDER BY entity"""
    for (entity,) in connection.execute(kinds, (kind,)).fetchall():
        own = connection.execute("SELECT spelling FROM names WHERE id = ?", (iris.name_id(entity),))
        ((name,),) = own
        rows = connection.execute(
            "SELECT DISTINCT form FROM denotes JOIN forms ON id = name WHERE entity = ?"
            " ORDER BY form",
            (entity,),
        )
        yield {"id": entity, "name": name, "aliases": [form for (form,) in rows if form != name]}


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
