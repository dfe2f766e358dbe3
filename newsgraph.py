"""Turn news pages into a knowledge graph with provenance: who said what, word for word.

Extract statements from pages, without a database:

    >>> import newsgraph
    >>> for article in newsgraph.extract("seeds/"):
    ...     for statement in article.statements:
    ...         print(article.speaker(statement), statement.text)

Load pages into the graph, and query it:

    >>> report = newsgraph.load("seeds/")
    >>> with newsgraph.connect() as graph:
    ...     experts = graph.experts(country="Taiwan")
    ...     frame = graph.query("claims-about-a-country", country="TW").to_pandas()

The user's guide is docs/python.md; docs/records.md describes the fields of a record. This module
is also the ``newsgraph`` command: the commands of every package, and ``up``, which runs everything.
"""

from contextlib import ExitStack
from typing import Annotated

import typer

import api.commands
import loader.commands
import queries.commands
from api.commands import Host, Port
from api.library import Graph, connect, search
from api.opening import opened_graph
from loader.library import (
    Articles,
    SkippedPageWarning,
    extract,
    load,
    read_records,
    receipt,
    verify,
)
from loader.watch.library import watch
from ontology.records import (
    ArticleRecord,
    AuthorRecord,
    CitationRecord,
    CueRecord,
    EntityRecord,
    MentionRecord,
    PageRecord,
    SourceRecord,
    StatementRecord,
)
from queries.command_line import example, fail, group, leave, settings_of
from queries.counts import counted
from queries.errors import Error, cure_of
from queries.rows import Rows
from queries.terminal import guard_terminal

__all__ = [
    "ArticleRecord",
    "Articles",
    "AuthorRecord",
    "CitationRecord",
    "CueRecord",
    "EntityRecord",
    "Error",
    "Graph",
    "MentionRecord",
    "PageRecord",
    "Rows",
    "SkippedPageWarning",
    "SourceRecord",
    "StatementRecord",
    "connect",
    "extract",
    "load",
    "read_records",
    "receipt",
    "search",
    "verify",
    "watch",
]

app = group(
    "Turn news pages into a knowledge graph with provenance: who said what, word for word.",
    epilog="Get started: newsgraph up seeds/",
    completion=True,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"newsgraph {version('newsgraph')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


@app.command(epilog=example("newsgraph up seeds/", "newsgraph up --port 9000"))
def up(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATHS", help="Files or folders of pages to load first."),
    ] = None,
    host: Host = None,
    port: Port = None,
    watching: Annotated[
        bool,
        typer.Option(
            "--watch/--no-watch", help="Load new and changed files in PATHS while serving."
        ),
    ] = True,
) -> None:
    """Start Neo4j, load pages, and serve the API until Ctrl-C.

    Files that are added or changed while it serves are loaded too.
    """
    from api.http.listening import listen

    settings = settings_of(host=host, port=port)
    skipped = False
    modules = ("loader.jobs", "api.jobs")
    with (
        listen(settings.host, settings.port) as socket,
        opened_graph(settings, stop=True, meanwhile=modules) as database,
    ):
        from api.jobs import run_server
        from loader.jobs import page_table, run_load
        from loader.terminal import OUTPUT
        from loader.watch.jobs import folders_in, marked_as_loaded, watched_meanwhile

        watched = folders_in(paths or ()) if watching else []
        with database.session() as session:
            if paths:
                with marked_as_loaded(database, watched, home=settings.home):
                    home, server = settings.home, database.server
                    report = run_load(session, paths, home=home, server=server)
                    skipped = bool(report.skipped)
            OUTPUT.print(page_table(session))
        with ExitStack() as stack:
            if watched:
                folders = watched_meanwhile(database, watched, home=settings.home)
                OUTPUT.print(f"Watching {counted(len(watched), 'path')} for new and changed files.")
                stack.enter_context(folders)
            run_server(settings, database, socket)
    leave(skipped=skipped)


for verbs in (loader.commands, api.commands, queries.commands):
    app.add_typer(verbs.app)


def main() -> None:
    """Run the command; an error of ours is one sentence on stderr and exit status 1."""
    guard_terminal()
    try:
        app()
    except SystemExit:
        raise
    except KeyboardInterrupt:
        fail("Interrupted.", status=130)
    except _our_errors() as error:
        fail(str(error), status=getattr(error, "status", 1))
    except OSError as error:
        cure = cure_of(error)
        if cure is None:
            raise
        fail(f"{error.strerror}{f' ({error.filename})' if error.filename else ''}: {cure}.")


def _our_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is for the user. Called only when one is raised."""
    from api.assistants.server import MissingExtraError
    from api.graphql.documents import DocumentsError
    from api.graphql.examples import ExamplesError
    from api.http.auth import KeysError
    from api.http.listening import PortError
    from api.http.options import OptionsError
    from api.output import CommandError
    from loader.bulk import BulkError
    from loader.extract.workers import WorkerError
    from loader.graph.corrections import CorrectionError
    from loader.graph.importing import RefusedError
    from loader.graph.metrics import MetricsError
    from loader.graph.schema import SchemaError
    from loader.jobs import LoadError
    from loader.receipts.chosen import ChoiceError
    from loader.receipts.offline import ReceiptError
    from loader.spark.session import SparkError
    from loader.watch import WatchError
    from ontology.rdf.values import RdfError
    from queries.database import DatabaseError
    from queries.server import ServerError

    serving = (CommandError, DocumentsError, ExamplesError, KeysError, OptionsError, PortError)
    loading = (BulkError, LoadError, MetricsError, SchemaError, SparkError, WatchError, WorkerError)
    verifying = (ChoiceError, ReceiptError)
    moving = (CorrectionError, RdfError, RefusedError, MissingExtraError)
    return (*serving, *loading, *verifying, *moving, DatabaseError, ServerError)


if __name__ == "__main__":
    main()
