"""Where each page of a graph stood when it was loaded: one small file in the data directory.

It tells a page that changed, which replaces what it said, from a new page of the same name in
another folder. The graph does not need it: without it, a changed page is one page more.
"""

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from neo4j import Session

from loader.pages import Page
from queries import cypher

LOGGER = logging.getLogger(__name__)

FILE = "journal.sqlite"
STDIN = "stdin"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_WAIT_SECONDS = 60.0
_BATCH = 200
_LOOK_UP = 5_000
SCHEMA = """
CREATE TABLE IF NOT EXISTS places (
  database TEXT NOT NULL, place TEXT NOT NULL, page TEXT NOT NULL,
  PRIMARY KEY (database, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS places_page ON places (database, page);
CREATE TABLE IF NOT EXISTS displaced (
  database TEXT NOT NULL, page TEXT NOT NULL,
  PRIMARY KEY (database, page)
) WITHOUT ROWID;
"""


class Journal:
    """The places of one database's pages. Several loads may write it at once."""

    def __init__(self, connection: sqlite3.Connection, database: str) -> None:
        self._connection, self._database = connection, database

    def record(self, places: Iterable[tuple[str, str]]) -> None:
        """Note which page, by its id, stands at each place, and which one that displaces."""
        rows = [(self._database, place, page) for place, page in places if place]
        if not rows:
            return
        with self._connection as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            transaction.executemany(
                "INSERT OR IGNORE INTO displaced SELECT database, page FROM places"
                " WHERE database = ? AND place = ? AND page <> ?",
                rows,
            )
            transaction.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", rows)

    def displaced(self) -> Iterator[list[str]]:
        """Yield the ids of displaced pages that stand at no other place, in batches.

        Each batch must be removed from the graph and forgotten before the next is asked for.
        """
        with self._connection as transaction:
            transaction.execute(
                "DELETE FROM displaced WHERE database = ? AND EXISTS (SELECT 1 FROM places WHERE"
                " places.database = displaced.database AND places.page = displaced.page)",
                (self._database,),
            )
        while True:
            found = self._connection.execute(
                "SELECT page FROM displaced WHERE database = ? ORDER BY page LIMIT ?",
                (self._database, _BATCH),
            ).fetchall()
            if not found:
                return
            yield [str(page) for (page,) in found]

    def forget(self, pages: Iterable[str]) -> None:
        """Strike out pages that are in the graph no more."""
        remaining = iter(pages)
        while chunk := [(self._database, page) for page in islice(remaining, _BATCH)]:
            with self._connection as transaction:
                for table in ("places", "displaced"):
                    transaction.executemany(
                        f"DELETE FROM {table} WHERE database = ? AND page = ?",  # noqa: S608
                        chunk,
                    )

    def lost(self, session: Session) -> list[str]:
        """The places of pages that nobody removed and that are not in the graph of ``session``.

        So it is after a backup was restored, or somebody deleted nodes by hand.
        """
        lost: list[str] = []
        place = ""
        while rows := self._connection.execute(
            "SELECT place, page FROM places WHERE database = ? AND place > ?"
            " ORDER BY place LIMIT ?",
            (self._database, place, _LOOK_UP),
        ).fetchall():
            ids = sorted({str(page) for _, page in rows})
            found = session.run(cypher("read/missing_pages"), ids=ids)
            missing = {str(row["id"]) for row in found}
            lost += (str(at) for at, page in rows if page in missing)
            place = str(rows[-1][0])
        return lost

    def pages_at(self, place: str) -> list[str]:
        """The ids of the pages at ``place``, or inside it if it is a folder or an archive."""
        found = self._connection.execute(
            "SELECT DISTINCT page FROM places WHERE database = ? AND (place = ?"
            " OR substr(place, 1, length(?) + 1) IN (? || '/', ? || '#')) ORDER BY page",
            (self._database, place, place, place, place),
        ).fetchall()
        return [str(page) for (page,) in found]

    def places_of(self, pages: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Where pages (ids) stood when they were loaded: each id with a place, in order."""
        remaining = iter(pages)
        while chunk := list(islice(remaining, _BATCH)):
            marks = ", ".join("?" * len(chunk))
            yield from self._connection.execute(
                f"SELECT page, place FROM places WHERE database = ? AND page IN ({marks})"  # noqa: S608
                " ORDER BY page, place",
                (self._database, *chunk),
            ).fetchall()


@contextmanager
def open_journal(home: Path, session: Session) -> Iterator[Journal]:
    """Open the journal in the data directory ``home`` for the database of ``session``.

    A file that is damaged is put aside, and a new one begun.

    Raises:
        sqlite3.Error: the disk is full, or the file cannot be opened or is locked for long.
    """
    record = session.run(cypher("read/database_id")).single(strict=True)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / FILE
    # SQLite gives the files beside it the same permissions.
    with suppress(OSError):  # SQLite says better what is wrong
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    try:
        connection = _connect(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise  # a full disk says nothing about the file
        aside = _free(path.with_suffix(".damaged"))
        path.replace(aside)
        LOGGER.warning("%s was damaged; it is now %s, and a new journal was started", path, aside)
        connection = _connect(path)
    try:
        yield Journal(connection, str(record["id"]))
    finally:
        connection.close()


def _free(path: Path) -> Path:
    """``path``, or the first of its name with a number that does not exist."""
    names = (path, *(path.with_name(f"{path.name}.{number}") for number in range(2, 100)))
    return next((name for name in names if not name.exists()), path)


def place_of(page: Page) -> str:
    """The absolute place of ``page``, archive members included; empty for standard input."""
    if page.location.partition("#")[0].partition("/")[0] == STDIN and not Path(STDIN).exists():
        return ""
    return absolute(page.location)


def absolute(place: str) -> str:
    """``place`` independent of the current folder: an absolute path, or the URL that it is."""
    return place if "://" in place else str(Path(place).absolute())


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
