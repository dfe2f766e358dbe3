"""Records gathered on disk, merged as the database would merge them.

A batch of pages is one transaction of SQLite, so staging that is killed goes on where it was, and
memory is flat however many pages there are.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from loader import rows as rows_of
from loader.rows import LINKS, Row, char_range
from loader.writer import ExtractedPage, batches
from ontology.records import PageRecord

FILE = "stage.sqlite"
BATCH_ROWS = 50_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (id TEXT PRIMARY KEY, name TEXT, mediaType TEXT, url TEXT);
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, properties BLOB);
CREATE TABLE IF NOT EXISTS locations (
  article TEXT, page TEXT, location TEXT, UNIQUE (article, location)
);
CREATE TABLE IF NOT EXISTS names (
  id TEXT PRIMARY KEY, kind TEXT, spelling TEXT, matchKey TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alternatives (
  id TEXT, other TEXT, PRIMARY KEY (id, other)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS countries (id TEXT PRIMARY KEY, properties BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS forms (id TEXT, form TEXT, PRIMARY KEY (id, form)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claims (id TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claim_countries (
  source TEXT, target TEXT, PRIMARY KEY (source, target)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (label TEXT, id TEXT, properties BLOB);
CREATE TABLE IF NOT EXISTS edges (type TEXT, source TEXT, target TEXT);
"""
_PAGE = """
INSERT INTO pages VALUES (:id, :name, :mediaType, :url) ON CONFLICT (id) DO UPDATE SET
  name = min(name, excluded.name),
  mediaType = min(mediaType, excluded.mediaType),
  url = coalesce(min(url, excluded.url), url, excluded.url)
"""
_HELD = "SELECT 1 FROM pages WHERE id = ? AND name <= ? AND (? IS NULL OR url <= ?)"
_NAME = """
INSERT INTO names VALUES (:id, :kind, :spelling, :matchKey) ON CONFLICT (id) DO UPDATE SET
  kind = max(kind, excluded.kind), spelling = max(spelling, excluded.spelling)
"""
_SHARED = {
    "person_names": _NAME,
    "organization_names": _NAME,
    "countries": "INSERT OR IGNORE INTO countries VALUES (:id, :properties)",
    "claims": """
        INSERT INTO claims VALUES (:id, :text)
        ON CONFLICT (id) DO UPDATE SET text = min(text, excluded.text)""",
}
EDGES = {
    "article_authors": "WRITTEN_BY",
    "article_mentions": "MENTIONS",
    "article_citations": "CITES",
    "statement_sources": "ATTRIBUTED_TO",
    "statement_channels": "REPORTED_VIA",
    "statement_source_countries": "SOURCE_COUNTRY",
    "statement_countries": "ABOUT",
    "statement_parents": "PART_OF",
    "citation_affiliations": "AFFILIATED_WITH",
}
"""The type of relationship that each kind of link becomes; a claim's countries have a table.

Where an edge leads to a name, that is whom the name denotes once all names are known.
"""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction for all that is done inside: a commit a row costs more than the row."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


class Stage:
    """What was read so far."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def holds(self, page: PageRecord) -> bool:
        """Whether ``page`` has been added, under this name and address or ones before.

        The first by the alphabet are kept, so earlier ones are news, as ``writer.loaded_pages`` has
        it.
        """
        found = self.connection.execute(_HELD, (page.id, page.name, page.url, page.url))
        return found.fetchone() is not None

    def add(
        self, pages: Iterable[ExtractedPage], *, batch_rows: int = BATCH_ROWS
    ) -> Iterator[Sequence[ExtractedPage]]:
        """Add ``pages``; yields each batch once it is safely on disk."""
        for batch in batches(pages, batch_rows):
            with transaction(self.connection):
                self._add(batch)
            yield batch

    def _add(self, batch: Sequence[ExtractedPage]) -> None:
        run = self.connection.executemany
        run(_PAGE, [_page(item) for item in batch])
        records = {article.id: article for item in batch for article in item.articles}
        known = {key for key in records if self._has_article(key)}
        run(
            "INSERT OR IGNORE INTO locations VALUES (?, ?, ?)",
            [
                (article.id, article.page.id, f"{article.page.id}#{char_range(article.span)}")
                for item in batch
                for article in item.articles
            ],
        )
        fresh = [records[key] for key in sorted(records.keys() - known)]
        shared = rows_of.shared_rows(fresh)
        for name, statement in _SHARED.items():
            run(statement, [_packed(row) for row in shared[name]])
            run(
                "INSERT OR IGNORE INTO forms VALUES (?, ?)",
                [(row["id"], form) for row in shared[name] for form in row.get("forms", ())],
            )
            run(
                "INSERT OR IGNORE INTO alternatives VALUES (?, ?)",
                [
                    (row["id"], other)
                    for row in shared[name]
                    for other in row.get("alternatives", ())
                ],
            )
        edges: list[tuple[str, str, str]] = []
        parts: list[tuple[str, str, bytes]] = []
        for article in fresh:
            owned = rows_of.owned_rows(article)
            details = owned["article_details"][0]
            run("INSERT INTO articles VALUES (:id, :properties)", [_packed(details)])
            if details["outlet"]:
                edges.append(("PUBLISHED_BY", article.id, details["outlet"]))
            _add_parts(owned, parts, edges)
            links = rows_of.link_rows(article)
            for name in LINKS:
                pairs = {(row["source"], row["target"]) for row in links[name]}
                if name == "claim_countries":
                    run("INSERT OR IGNORE INTO claim_countries VALUES (?, ?)", pairs)
                else:
                    edges.extend(
                        (EDGES[name], *pair) for pair in sorted(pairs) if _is_link(name, pair)
                    )
        run("INSERT INTO parts VALUES (?, ?, ?)", parts)
        run("INSERT INTO edges VALUES (?, ?, ?)", edges)

    def _has_article(self, identifier: str) -> bool:
        found = self.connection.execute("SELECT 1 FROM articles WHERE id = ?", (identifier,))
        return found.fetchone() is not None


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Open the stage in ``folder``, begun or not."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        yield Stage(connection)
    finally:
        connection.close()


def _add_parts(
    owned: rows_of.Rows,
    parts: list[tuple[str, str, bytes]],
    edges: list[tuple[str, str, str]],
) -> None:
    for row in owned["statements"]:
        parts.append(("Statement", row["id"], orjson.dumps(row["properties"])))
        edges.append(("STATED_IN", row["id"], row["article"]))
        edges.append(("EXPRESSES", row["id"], row["claim"]))
    for row in owned["citations"]:
        if _is_name(row["agent"]):
            parts.append(("Citation", row["id"], orjson.dumps(row["properties"])))
            edges.append(("IN_ARTICLE", row["id"], row["article"]))
            edges.append(("OF", row["id"], row["agent"]))
    for row in owned["mentions"]:
        parts.append(("Mention", row["id"], orjson.dumps(row["properties"])))
        edges.append(("IN_ARTICLE", row["id"], row["article"]))
        edges.append(("REFERS_TO", row["id"], row["entity"]))
        if _is_name(row["entity"]):
            edges.append(("USES_NAME", row["id"], row["entity"]))


def _is_link(name: str, pair: tuple[str, str]) -> bool:
    """Whether the database would make this relationship: countries are not cited."""
    return name != "article_citations" or _is_name(pair[1])


def _is_name(identifier: str) -> bool:
    return identifier.startswith("name/")


def _page(item: ExtractedPage) -> Row:
    page = item.page
    return {"id": page.id, "name": page.name, "mediaType": page.media_type, "url": page.url}


def _packed(row: Row) -> dict[str, Any]:
    return {key: orjson.dumps(v) if isinstance(v, dict) else v for key, v in row.items()}
