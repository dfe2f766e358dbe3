"""Run Neo4j's offline importer on tables: on the managed server, or say how to on another."""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from loader.bulk.lines import DELIMITER
from loader.bulk.tables import Tables
from queries.server import OnProgress, Server
from queries.server.progress import ignore


class BulkError(Exception):
    """The tables cannot be imported; the message says why and what to do."""


def import_arguments(tables: Tables, report: Path, database: str = "neo4j") -> tuple[str, ...]:
    """Return what follows ``neo4j-admin database import``, for one of a server's databases.

    Importers of all versions of Neo4j understand it.

    Args:
        tables: What to import.
        report: Where the importer notes what it passes over.
        database: The name of the database.
    """
    return _arguments(tables, report, database, "--multiline-fields=true")


def _arguments(tables: Tables, report: Path, database: str, *options: str) -> tuple[str, ...]:
    return (
        "full",
        database,
        "--overwrite-destination",
        *options,
        f"--array-delimiter=U+{ord(DELIMITER):04X}",
        "--id-type=string",
        "--skip-bad-relationships=true",  # as MATCH passes over what is not there
        f"--report-file={report}",
        *(f"--nodes={labels}={path}" for labels, path in tables.nodes),
        *(f"--relationships={kind}={path}" for kind, path in tables.relationships),
    )


def _in_parallel(tables: Tables) -> Iterator[str]:
    """The options by which the managed server's importer reads most files with several threads.

    (With ``--multiline-fields-format=v2`` only the files that are named have such fields.)
    """
    yield "--path-pattern-style=none"
    if tables.multiline:
        yield "--multiline-fields-format=v2"
        yield f"--multiline-fields={','.join(map(str, tables.multiline))}"


def shell_command(tables: Tables, report: Path, database: str) -> str:
    """Return the command line for a server elsewhere: stopped, and with the files at hand."""
    arguments = import_arguments(tables, report, database)
    return shlex.join(("neo4j-admin", "database", "import", *arguments))


def bulk_import(
    server: Server, tables: Tables, report: Path, on_progress: OnProgress = ignore
) -> None:
    """Make ``tables`` the graph of the managed ``server``, which pauses for it.

    Raises:
        ServerError: the importer refuses; what it says is in the message.
        BulkError: the disk has no room for the store.
    """
    size = sum(path.stat().st_size for _, path in (*tables.nodes, *tables.relationships))
    server.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(server.home).free
    if free < 3 * size:
        raise BulkError(
            f"The graph needs about {3 * size / 1000000.0:,.0f} MB in {server.home}, but only "
            f"{free / 1000000.0:,.0f} MB are free; free some space, or set NEWSGRAPH_HOME to a "
            "directory on another disk."
        )
    arguments = _arguments(tables, report, "neo4j", *_in_parallel(tables))
    server.import_tables(arguments, on_progress)
