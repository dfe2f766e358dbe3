"""What a watch has seen: one small file in the data directory.

A page of a feed is written here, whole, in the transaction that marks its item as seen, and struck
out once it is in the graph. So a watch that is killed between the two loads the very same page
again, which changes nothing: a page is known by its bytes.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import orjson
from pydantic import TypeAdapter

from loader.pages import Page
from loader.pages.listing import Listed

FILE = "watch.sqlite"
_WAIT_SECONDS = 60.0
_PAGE = TypeAdapter(Page)
SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
  database TEXT NOT NULL, path TEXT NOT NULL, stamp TEXT NOT NULL,
  PRIMARY KEY (database, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feeds (
  database TEXT NOT NULL, feed TEXT NOT NULL, address TEXT NOT NULL,
  etag TEXT, modified TEXT, due REAL NOT NULL, failures INTEGER NOT NULL,
  PRIMARY KEY (database, feed)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  database TEXT NOT NULL, key TEXT NOT NULL, feed TEXT NOT NULL, url TEXT,
  changed TEXT NOT NULL, page BLOB, waiting INTEGER NOT NULL, due REAL NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (database, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_waiting ON items (database, feed, due) WHERE waiting;
CREATE TABLE IF NOT EXISTS fetched (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  database TEXT NOT NULL, feed TEXT NOT NULL, page BLOB NOT NULL
);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was found last.

    Attributes:
        feed: Its address as it was given.
        address: Where to ask, after permanent redirections.
        etag: The tag of the last answer.
        modified: When that was last modified, as its server wrote it.
        due: When to ask next, in seconds of the epoch.
        failures: How often in a row it could not be had.
    """

    feed: str
    address: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a feed whose page is still to be fetched, at ``url``, for the next time."""

    key: str
    feed: str
    url: str | None
    due: float
    failures: int


class State:
    """What was seen of the sources of one database. Threads may share it."""

    def __init__(self, connection: sqlite3.Connection, database: str) -> None:
        self._connection, self._database = connection, database
        self._lock = threading.RLock()

    def stamps(self, folder: str) -> dict[str, str]:
        """The stamps of the files at or below ``folder`` that are loaded, by their paths."""
        rows = self._rows(
            "SELECT path, stamp FROM files WHERE database = ? AND (path = ?"
            " OR substr(path, 1, length(?) + 1) = ? || '/')",
            (self._database, folder, folder, folder.rstrip("/")),
        )
        return {str(path): str(stamp) for path, stamp in rows}

    def mark_files(self, stamps: Mapping[str, str]) -> None:
        """Note that these files are loaded as their stamps say."""
        rows = [(self._database, path, stamp) for path, stamp in stamps.items()]
        with self._transaction() as transaction:
            transaction.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows)

    def feed(self, feed: str) -> Feed:
        """The feed that was given as ``feed``."""
        rows = self._rows(
            "SELECT address, etag, modified, due, failures FROM feeds"
            " WHERE database = ? AND feed = ?",
            (self._database, feed),
        )
        for address, etag, modified, due, failures in rows:
            return Feed(
                feed=feed, address=address, etag=etag, modified=modified, due=due, failures=failures
            )
        return Feed(feed=feed, address=feed)

    def set_feed(self, feed: Feed, items: Iterable[Listed] = (), *, now: float = 0.0) -> int:
        """Keep how a feed was found, with its new and changed items; return how many they are."""
        kept = (feed.address, feed.etag, feed.modified, feed.due, feed.failures)
        with self._transaction() as transaction:
            transaction.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._database, feed.feed, *kept),
            )
            return sum(self._add(transaction, feed.feed, item, now) for item in items)

    def _add(self, transaction: sqlite3.Connection, feed: str, item: Listed, now: float) -> int:
        page = None if item.page is None else _PAGE.dump_json(item.page)
        done = transaction.execute(
            "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, 1, ?, 0)"
            " ON CONFLICT (database, key) DO UPDATE SET changed = excluded.changed,"
            " page = excluded.page, waiting = 1, due = excluded.due, failures = 0"
            " WHERE changed <> excluded.changed AND excluded.changed <> ''",
            (self._database, item.key, feed, item.url, item.changed, page, now),
        )
        return done.rowcount

    def waiting(self, feeds: Sequence[str], now: float) -> list[Item]:
        """The items of ``feeds`` whose pages are to be fetched by ``now``, the first due first."""
        rows = self._rows(
            "SELECT key, feed, url, due, failures FROM items WHERE database = ?"
            " AND feed IN (SELECT value FROM json_each(?)) AND waiting AND due <= ?"
            " ORDER BY due, key",
            (self._database, _listed(feeds), now),
        )
        return [
            Item(key=key, feed=feed, url=url, due=due, failures=failures)
            for key, feed, url, due, failures in rows
        ]

    def next_due(self, feeds: Sequence[str]) -> float | None:
        """When the next page of ``feeds`` is to be fetched; None if none is."""
        ((due,),) = self._rows(
            "SELECT min(due) FROM items WHERE database = ?"
            " AND feed IN (SELECT value FROM json_each(?)) AND waiting",
            (self._database, _listed(feeds)),
        )
        return None if due is None else float(due)

    def own_page(self, item: Item) -> Page | None:
        """What the feed itself holds of an item whose page is still to be fetched."""
        rows = self._rows(
            "SELECT page FROM items WHERE database = ? AND key = ?", (self._database, item.key)
        )
        return _PAGE.validate_json(rows[0][0]) if rows and rows[0][0] is not None else None

    def postpone(self, items: Iterable[Item]) -> None:
        """Have items fetched when they say, after as many failures as they say."""
        rows = [(item.due, item.failures, self._database, item.key) for item in items]
        with self._transaction() as transaction:
            transaction.executemany(
                "UPDATE items SET due = ?, failures = ? WHERE database = ? AND key = ?", rows
            )

    def keep(self, item: Item, pages: Iterable[Page], *, known_as: str | None = None) -> None:
        """Keep the pages of an item until they are in the graph, and mark it as seen.

        Args:
            item: The item.
            pages: What was found at its address, or what its feed holds of it.
            known_as: The address after redirections, whose page need not be fetched again.
        """
        rows = [(self._database, item.feed, _PAGE.dump_json(page)) for page in pages]
        with self._transaction() as transaction:
            transaction.executemany(
                "INSERT INTO fetched (database, feed, page) VALUES (?, ?, ?)", rows
            )
            transaction.execute(
                "UPDATE items SET waiting = 0, page = NULL, failures = 0"
                " WHERE database = ? AND key = ?",
                (self._database, item.key),
            )
            if known_as not in (None, item.key):
                transaction.execute(
                    "INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, '', NULL, 0, 0, 0)",
                    (self._database, known_as, item.feed, known_as),
                )

    def fetched(self, feeds: Sequence[str], most: int) -> list[tuple[int, Page]]:
        """The first pages of ``feeds`` that are fetched and not known to be in the graph."""
        rows = self._rows(
            "SELECT number, page FROM fetched WHERE database = ?"
            " AND feed IN (SELECT value FROM json_each(?)) ORDER BY number LIMIT ?",
            (self._database, _listed(feeds), most),
        )
        return [(number, _PAGE.validate_json(page)) for number, page in rows]

    def strike_out(self, numbers: Sequence[int]) -> None:
        """Forget pages that are in the graph."""
        with self._transaction() as transaction:
            transaction.executemany(
                "DELETE FROM fetched WHERE number = ?", [(number,) for number in numbers]
            )

    def load_again(self, places: Iterable[str]) -> int:
        """Have what was found at these places loaded again; return how much was known of it.

        Args:
            places: Paths of files, of what is in them (``a.zip/b.html``, ``feed.xml#3``), and
                addresses.
        """
        known = 0
        with self._transaction() as transaction:
            for place in places:
                for path in (place, place.partition("#")[0], *map(str, PurePath(place).parents)):
                    known += transaction.execute(
                        "DELETE FROM files WHERE database = ? AND path = ?", (self._database, path)
                    ).rowcount
                for change in (
                    "UPDATE items SET waiting = 1, due = 0, failures = 0"
                    " WHERE database = ? AND key = ? AND url IS NOT NULL",
                    "DELETE FROM items WHERE database = ? AND key = ? AND url IS NULL",
                ):
                    known += transaction.execute(change, (self._database, place)).rowcount
            if known:
                transaction.execute(
                    "UPDATE feeds SET etag = NULL, modified = NULL WHERE database = ?",
                    (self._database,),
                )
        return known

    def close(self) -> None:
        """Close the file, once no thread writes it."""
        with self._lock:
            self._connection.close()

    def _rows(self, statement: str, values: Sequence[object]) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            yield transaction


def _listed(feeds: Sequence[str]) -> str:
    return orjson.dumps(list(feeds)).decode()


@contextmanager
def open_state(home: Path, database: str) -> Iterator[State]:
    """Open the state in the data directory ``home`` for the database with the id ``database``.

    Raises:
        sqlite3.Error: the disk is full, or the file is damaged or locked for long.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # SQLite says better what is wrong
        os.close(os.open(home / FILE, os.O_WRONLY | os.O_CREAT, 0o600))
    connection = sqlite3.connect(
        home / FILE, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    state = State(connection, database)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(SCHEMA)
        yield state
    finally:
        state.close()
