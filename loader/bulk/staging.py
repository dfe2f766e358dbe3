"""Records gathered on disk, merged as the database would merge them.

What belongs to one article goes straight to the importer's files; what articles share waits in
SQLite until all have been read. A batch of pages is one transaction of both, so staging that is
killed goes on where it was, and memory is flat however many pages there are.
"""

import gc
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from loader.bulk import lines
from loader.bulk.lines import EDGE, GrowingFiles, columns
from loader.graph import rows as rows_of
from loader.graph.rows import Row, char_range
from loader.graph.writer import batches
from ontology import iris
from ontology.model import load_model
from ontology.records import ArticleRecord, ExtractedPage, PageRecord

FILE = "stage.sqlite"
TABLES = "tables"
"""The folder of files that are as the importer reads them."""
UNRESOLVED = "unresolved"
"""The folder of relationships to names' own entities: whom the names denote is not known yet."""
BATCH_ROWS = 50_000
_CACHE_KB = 128_000
_COLLECTING = (50_000, 20, 50)
_PARTS = ("Document", "Statement", "Citation", "Mention")
"""The labels of nodes that belong to one article."""

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
_LISTS = {
    "forms": "INSERT OR IGNORE INTO forms VALUES (?, ?)",
    "alternatives": "INSERT OR IGNORE INTO alternatives VALUES (?, ?)",
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
"""The type of relationship that each kind of link becomes; a claim's countries have a table."""
NAMING = frozenset(
    {
        *("WRITTEN_BY", "MENTIONS", "CITES", "PUBLISHED_BY"),
        *("ATTRIBUTED_TO", "REPORTED_VIA", "AFFILIATED_WITH", "OF", "REFERS_TO"),
    }
)
"""Types of relationships that lead to whom a name denotes."""

Edges = dict[str, list[tuple[str, str]]]


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction for all that is done inside: a commit a row costs more than the row."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


class Stage:
    """What was read so far, in ``folder``."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        self.files = GrowingFiles(connection, folder)
        self.model = load_model()
        self._columns = {label: columns(self.model, label) for label in (*_PARTS, "Article")}

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
        self._add_shared(fresh)
        edges: Edges = defaultdict(list)
        parts: dict[str, list[list[Any]]] = {label: [] for label in _PARTS}
        for article in fresh:
            self._add_owned(article, parts, edges)
            self._add_links(article, edges)
        for label, rows in parts.items():
            if rows:
                self.files.add(f"{TABLES}/nodes-{label}.csv", self._columns[label].header, rows)
        for kind, pairs in edges.items():
            folder = UNRESOLVED if kind in NAMING else TABLES
            self.files.add(f"{folder}/edges-{kind}.csv", EDGE, pairs)
        self.files.save()

    def _add_shared(self, articles: Sequence[ArticleRecord]) -> None:
        run = self.connection.executemany
        shared = rows_of.shared_rows(articles)
        for name, statement in _SHARED.items():
            run(statement, [_packed(row) for row in shared[name]])
            for key, insert in _LISTS.items():
                run(
                    insert, [(row["id"], item) for row in shared[name] for item in row.get(key, ())]
                )

    def _add_owned(
        self, article: ArticleRecord, parts: dict[str, list[list[Any]]], edges: Edges
    ) -> None:
        owned = rows_of.owned_rows(article)
        (details,) = owned["article_details"]
        cells = self._columns["Article"].row(article.id, details["properties"])
        self.connection.execute(
            "INSERT INTO articles VALUES (?, ?)", (article.id, orjson.dumps(cells))
        )
        if details["outlet"]:
            edges["PUBLISHED_BY"].append((article.id, _entity(details["outlet"])))
        for row in owned["documents"]:
            parts["Document"].append(self._columns["Document"].row(row["id"], row["properties"]))
            edges["IN_ARTICLE"].append((row["id"], article.id))
        for row in owned["statements"]:
            parts["Statement"].append(self._columns["Statement"].row(row["id"], row["properties"]))
            edges["STATED_IN"].append((row["id"], article.id))
            edges["EXPRESSES"].append((row["id"], row["claim"]))
        for row in owned["citations"]:
            if _is_cited(row["agent"]):
                cells = self._columns["Citation"].row(row["id"], row["properties"])
                parts["Citation"].append(cells)
                edges["IN_ARTICLE"].append((row["id"], article.id))
                edges["OF"].append((row["id"], _entity(row["agent"])))
        for row in owned["mentions"]:
            parts["Mention"].append(self._columns["Mention"].row(row["id"], row["properties"]))
            edges["IN_ARTICLE"].append((row["id"], article.id))
            edges["REFERS_TO"].append((row["id"], _entity(row["entity"])))
            if _is_name(row["entity"]):
                edges["USES_NAME"].append((row["id"], row["entity"]))

    def _add_links(self, article: ArticleRecord, edges: Edges) -> None:
        for name, rows in rows_of.link_rows(article).items():
            pairs = sorted({(row["source"], row["target"]) for row in rows})
            if name == "claim_countries":
                self.connection.executemany(
                    "INSERT OR IGNORE INTO claim_countries VALUES (?, ?)", pairs
                )
                continue
            if name == "article_citations":  # as in the database, countries are not cited
                pairs = [pair for pair in pairs if _is_cited(pair[1])]
            kind = EDGES[name]
            edges[kind].extend(
                [(source, _entity(target)) for source, target in pairs] if kind in NAMING else pairs
            )

    def _has_article(self, identifier: str) -> bool:
        found = self.connection.execute("SELECT 1 FROM articles WHERE id = ?", (identifier,))
        return found.fetchone() is not None


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Open the stage in ``folder``, begun or not."""
    folder.mkdir(parents=True, exist_ok=True)
    thresholds = gc.get_threshold()
    gc.set_threshold(*_COLLECTING)  # rows come by the million, and none of them is in a cycle
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.executescript(_SCHEMA + lines.SCHEMA)
        yield Stage(connection, folder)
    finally:
        connection.close()
        gc.set_threshold(*thresholds)


def _is_name(identifier: str) -> bool:
    return identifier.startswith("name/")


def _is_cited(reference: str) -> bool:
    return not reference.startswith("country/")


def _entity(reference: str) -> str:
    """The name's own entity, or what is no name as it is."""
    return iris.named_entity(reference) if _is_name(reference) else reference


def _page(item: ExtractedPage) -> Row:
    page = item.page
    return {"id": page.id, "name": page.name, "mediaType": page.media_type, "url": page.url}


def _packed(row: Row) -> dict[str, Any]:
    return {key: orjson.dumps(v) if isinstance(v, dict) else v for key, v in row.items()}
