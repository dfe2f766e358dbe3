"""Load a folder in small batches, as a process of its own that a test can kill."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from neo4j import GraphDatabase

from loader.journal import open_journal
from loader.loading import load
from loader.pages import read
from tests.loader.extracting import extract_lines

BEGAN = datetime(2026, 1, 31, 9, tzinfo=UTC)


def main(uri: str, user: str, password: str, folder: str, home: str) -> None:
    """Load ``folder``, printing a line for every page that is read."""
    with (
        GraphDatabase.driver(uri, auth=(user, password)) as driver,
        driver.session() as session,
        open_journal(Path(home), session) as journal,
    ):
        print("begin", flush=True)
        load(
            session,
            extract_lines,
            read([folder]),
            journal=journal,
            started=BEGAN,
            batch_rows=20,
            on_page=lambda name: print(name, flush=True),
        )
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
