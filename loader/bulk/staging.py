"""Records gathered on disk, merged as the database would merge them.

What belongs to one article goes straight to the importer's files; what articles share waits in
SQLite until all have been read. A batch of pages is one transaction of both, so staging that is
killed goes on where it was, and memory is flat however many pages there are.
"""

import gc
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from loader.bulk.lines import SCHEMA, GrowingFiles
from loader.bulk.merging import shared_tables
from loader.bulk.preparing import COLLECTING, Batch, prepared
from loader.graph.building import Delta
from loader.graph.delta import page_delta
from loader.graph.writer import batches
from ontology.model import load_model
from ontology.records import ArticleRecord, ExtractedPage, PageRecord

FILE = "stage.sqlite"
BATCH_ROWS = 50_000
_CACHE_KB = 128_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS edges (
  type TEXT, source TEXT, target TEXT, PRIMARY KEY (type, source, target)
) WITHOUT ROWID;
"""
_HELD = "SELECT 1 FROM Page WHERE id = ? AND name <= ? AND (? IS NULL OR url <= ?)"


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
        self.shared = shared_tables(self.model)
        for table in self.shared.values():
            connection.executescript("\n".join(table.schema()))

    def holds(self, page: PageRecord) -> bool:
        """Whether ``page`` has been added, under this name and address or ones before.

        The first by the alphabet are kept, so earlier ones are news, as ``writer.loaded_pages`` has
        it.
        """
        found = self.connection.execute(_HELD, (page.id, page.name, page.url, page.url))
        return found.fetchone() is not None

    def add(
        self, pages: Iterable[ExtractedPage], *, batch_rows: int = BATCH_ROWS, workers: int = 1
    ) -> Iterator[Batch]:
        """Add ``pages``; yields each batch once it is safely on disk.

        Args:
            pages: The pages.
            batch_rows: About how many nodes and relationships a batch has.
            workers: How many processes make ready what this one writes.
        """
        under_way: set[str] = set()

        def fresh(batch: Batch) -> list[ArticleRecord]:
            records = {article.id: article for item in batch for article in item.articles}
            found = [
                records[key]
                for key in sorted(records)
                if key not in under_way and not self._has_article(key)
            ]
            under_way.update(article.id for article in found)
            return found

        for batch, adds in prepared(batches(pages, batch_rows), fresh, workers):
            with transaction(self.connection):
                self._merge(page_delta(batch, self.model))
                for lines in adds.lines:
                    self.files.append(lines)
                self._merge(adds.shared)
                self.files.save()
            under_way.difference_update(article.id for item in batch for article in item.articles)
            yield batch

    def _merge(self, delta: Delta) -> None:
        """Merge nodes and edges with those that other articles told of."""
        for label, nodes in delta.nodes.items():
            self.shared[label].merge(self.connection, nodes.values())
        for kind, pairs in delta.edges.items():
            self.connection.executemany(
                "INSERT OR IGNORE INTO edges VALUES (?, ?, ?)",
                [(kind.type, source, target) for source, target in pairs],
            )

    def _has_article(self, identifier: str) -> bool:
        found = self.connection.execute("SELECT 1 FROM Article WHERE id = ?", (identifier,))
        return found.fetchone() is not None


@contextmanager
def open_stage(folder: Path) -> Iterator[Stage]:
    """Open the stage in ``folder``, begun or not."""
    folder.mkdir(parents=True, exist_ok=True)
    thresholds = gc.get_threshold()
    gc.set_threshold(*COLLECTING)  # rows come by the million, and none of them is in a cycle
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.executescript(_SCHEMA + SCHEMA)
        yield Stage(connection, folder)
    finally:
        connection.close()
        gc.set_threshold(*thresholds)
