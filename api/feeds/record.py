"""Which matches a feed has told of, and when: one small file in the data directory.

The graph says what matches now. When a match was first seen is no property of the graph, which
depends on the pages alone; so it is kept beside it. Each match has a number, in the order in which
matches came: a feed can be turned over page by page, and a late match with an old date is new.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import O_CREAT, O_WRONLY, close
from os import open as open_file
from pathlib import Path

from api.feeds.matching import Match

FILE = "feeds.sqlite"
_WAIT_SECONDS = 60.0
_APART = 0.001
SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
  feed TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL, changed REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS matches (
  feed TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL,
  seen REAL NOT NULL, present INTEGER NOT NULL,
  PRIMARY KEY (feed, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS matches_number ON matches (feed, number);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A match as a feed tells of it: since when, in seconds of the epoch, and its number."""

    id: str
    kind: str
    number: int
    seen: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How far a feed goes: the number of its last match, and when it last changed."""

    last: int = 0
    changed: float = 0.0


class Record:
    """The record of all feeds. Threads and processes may share it.

    Its methods raise ``sqlite3.Error`` if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def extent(self, feed: str) -> Extent:
        """How far ``feed`` goes."""
        with self._opened() as connection:
            return _extent(connection, feed)

    def learn(self, feed: str, found: Sequence[Match], now: float) -> int:
        """Take down what matches now; return how many matches were never seen before.

        Of several new ones, those that were published last come last. What matches no more is
        kept, so that it has the same number and time if it matches again.
        """
        with self._opened() as connection, connection as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            known = {
                str(identifier): bool(present)
                for identifier, present in transaction.execute(
                    "SELECT id, present FROM matches WHERE feed = ?", (feed,)
                )
            }
            there = {match.id for match in found}
            gone = [
                (feed, each) for each, present in known.items() if present and each not in there
            ]
            back = [(feed, each) for each in there if known.get(each) is False]
            new = sorted(
                (match for match in found if match.id not in known),
                key=lambda match: (match.published, match.id),
            )
            extent = _extent(transaction, feed)
            if not (gone or back or new) and extent.changed:
                return 0
            for present, rows in ((0, gone), (1, back)):
                transaction.executemany(
                    f"UPDATE matches SET present = {present} WHERE feed = ? AND id = ?",  # noqa: S608
                    rows,
                )
            times = _times(len(new), now, extent.changed)
            numbers = range(extent.last + 1, extent.last + 1 + len(new))
            transaction.executemany(
                "INSERT INTO matches VALUES (?, ?, ?, ?, ?, 1)",
                (
                    (feed, match.id, match.kind, number, seen)
                    for match, number, seen in zip(new, numbers, times, strict=True)
                ),
            )
            changed = max(now, extent.changed, *times[-1:])
            transaction.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)",
                (feed, extent.last + len(new), changed),
            )
            return len(new)

    def told(self, feed: str, first: int, last: int) -> list[Told]:
        """The matches there are now with numbers from ``first`` to ``last``, the newest first."""
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT id, kind, number, seen FROM matches WHERE feed = ? AND present"
                " AND number BETWEEN ? AND ? ORDER BY number DESC",
                (feed, first, last),
            ).fetchall()
        return [Told(id=row[0], kind=row[1], number=row[2], seen=row[3]) for row in rows]

    def first_since(self, feed: str, moment: float) -> int | None:
        """The number of the first match that was seen at ``moment`` or later; None without one."""
        with self._opened() as connection:
            (number,) = connection.execute(
                "SELECT min(number) FROM matches WHERE feed = ? AND seen >= ?", (feed, moment)
            ).fetchone()
        return None if number is None else int(number)

    def forget(self, feed: str) -> None:
        """Strike out a feed whose question is deleted."""
        with self._opened() as connection, connection as transaction:
            for table in ("feeds", "matches"):
                transaction.execute(f"DELETE FROM {table} WHERE feed = ?", (feed,))  # noqa: S608

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            with suppress(OSError):  # SQLite says better what is wrong
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                close(open_file(self._path, O_WRONLY | O_CREAT, 0o600))
            connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(SCHEMA)
                yield connection
            finally:
                connection.close()


def _times(count: int, now: float, after: float) -> list[float]:
    """``count`` times up to ``now``, a millisecond apart, all of them later than ``after``.

    Readers that sort by time then keep the order of matches that were found together.
    """
    return [
        max(now - (count - place) * _APART, after + place * _APART) for place in range(1, count + 1)
    ]


def _extent(connection: sqlite3.Connection, feed: str) -> Extent:
    row = connection.execute("SELECT last, changed FROM feeds WHERE feed = ?", (feed,)).fetchone()
    return Extent(last=row[0], changed=row[1]) if row else Extent()
