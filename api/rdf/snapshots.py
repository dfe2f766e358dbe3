"""Copies of the graph as RDF in a store on disk: what SPARQL is asked over.

A copy is the export as TriG, made when it is first asked for and again when the graph has changed.
"""

import shutil
import tempfile
import threading
from pathlib import Path

import pyoxigraph as ox
from filelock import FileLock, Timeout
from neo4j import Driver

from api.rdf.export import export
from ontology.iris import DEFAULT_BASE
from queries import cypher
from queries.saving import save

_PREFIX = "snapshot-"
_LOCK = "lock"


class Snapshot:
    """A copy of the graph in a store of RDF, as new as the graph; close it after use.

    Args:
        driver: of the database.
        folder: where the copies are kept; they are removed when they are replaced.
        base: what the graph's IRIs begin with.
        database: which database.
    """

    def __init__(
        self,
        driver: Driver,
        folder: Path,
        *,
        base: str = DEFAULT_BASE,
        database: str | None = None,
    ) -> None:
        self._driver = driver
        self._folder = folder
        self.base = base
        self._database = database
        self._lock = threading.Lock()
        self._version: frozenset[str] | None = None
        self._kept: list[_Copy] = []

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the copies."""
        with self._lock:
            self._drop(0)

    def path(self) -> Path:
        """The store with the graph as it is now, made anew if the graph has changed.

        Raises:
            RdfError: the graph holds what the ontology does not name.
        """
        with self._lock:
            version = self._graph_version()
            if not self._kept or version != self._version:
                made = _Copy(self._folder)
                try:
                    self._fill(made.folder)
                except BaseException:
                    made.remove()
                    raise
                self._kept.append(made)
                self._version = version
                # The one before stays for the queries that are reading it.
                self._drop(2)
            return self._kept[-1].folder / "store"

    def _drop(self, keep: int) -> None:
        while len(self._kept) > keep:
            self._kept.pop(0).remove()

    def _graph_version(self) -> frozenset[str]:
        """The bookmark of the last transaction that wrote."""
        with self._driver.session(database=self._database, default_access_mode="READ") as session:
            session.run(cypher("read/alive")).consume()
            return frozenset(session.last_bookmarks().raw_values)

    def _fill(self, folder: Path) -> None:
        file = folder / "graph.trig"
        save(export(self._driver, "trig", base=self.base, database=self._database), file)
        store = ox.Store(str(folder / "store"))
        store.bulk_load(path=str(file), format=ox.RdfFormat.TRIG)
        store.flush()
        file.unlink()


class _Copy:
    """A folder for one copy, locked for as long as its process lives."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(dir=folder, prefix=_PREFIX))
        self._lock = FileLock(self.folder / _LOCK, thread_local=False)
        self._lock.acquire()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def clear_leftovers(folder: Path) -> int:
    """Remove the copies that processes have left in ``folder`` which are no more; say how many."""
    removed = 0
    for copy in folder.glob(f"{_PREFIX}*"):
        if not (copy / _LOCK).exists():
            continue  # one that is just being made
        lock = FileLock(copy / _LOCK, timeout=0)
        try:
            with lock:
                shutil.rmtree(copy, ignore_errors=True)
                removed += 1
        except Timeout:
            continue
    return removed
