"""Load a folder in small batches, as a process of its own that a test can kill."""

from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from neo4j import GraphDatabase

from loader.graph.journal import open_journal
from loader.graph.loading import load
from loader.pages import read
from queries.database import Database
from tests.loader.extract.extracting import extract_lines

BEGAN = datetime(2026, 1, 31, 9, tzinfo=UTC)
DONE = "done"
Loading = tuple[ForkServerProcess, Connection]
"""A load in a process of its own, and what it tells: each page that is read, then ``DONE``."""


def start(database: Database, folder: Path, home: Path) -> Loading:
    """Start to load ``folder``.

    The process is forked from one that has imported all it needs: a hundred are started quickly.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    told, tell = context.Pipe(duplex=False)
    process = context.Process(
        target=main, args=(database.uri, database.auth, folder, home, tell), daemon=True
    )
    process.start()
    tell.close()
    return process, told


def main(uri: str, auth: tuple[str, str], folder: Path, home: Path, tell: Connection) -> None:
    """Load ``folder``, telling every page that is read."""
    with (
        GraphDatabase.driver(uri, auth=auth) as driver,
        driver.session() as session,
        open_journal(home, session) as journal,
    ):
        tell.send("begin")
        load(
            session,
            extract_lines,
            read([folder]),
            journal=journal,
            started=BEGAN,
            batch_rows=20,
            on_page=tell.send,
        )
    tell.send(DONE)
