"""The ``newsgraph`` command: one verb a function, each a few lines over the packages below.

Imports are inside the verbs, so that ``--help`` answers at once.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from queries.database import Database
    from queries.server import OnProgress
    from queries.settings import Settings

app = typer.Typer(
    help="News pages in, a knowledge graph with provenance out: who said what, word for word.",
    epilog="Start with: newsgraph up seeds/",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help answers in half the time: rich takes 0.3 s to import
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
db = typer.Typer(help="The managed local Neo4j.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(db, name="db")

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATHS", help="Files or folders of pages; - is standard input."),
]
Host = Annotated[str | None, typer.Option(help="Address to serve on.", show_default="127.0.0.1")]
Port = Annotated[int | None, typer.Option(help="Port to serve on.", show_default="8000")]
Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what is dated since this day.")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="A file, not standard output.")
]
Dump = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def example(*lines: str) -> str:
    """The examples under a verb's help."""
    return "\b\nExamples:\n" + "\n".join(f"  $ {line}" for line in lines)


@app.command(epilog=example("newsgraph up seeds/", "newsgraph up --port 9000"))
def up(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATHS", help="Pages to load first.")
    ] = None,
    host: Host = None,
    port: Port = None,
) -> None:
    """Start Neo4j, load pages, and serve the API until Ctrl-C."""
    from api.commands import listen, run_server
    from loader.commands import OUTPUT, page_table, run_load

    settings = _settings(host=host, port=port)
    skipped = False
    with listen(settings.host, settings.port) as socket, _database(settings, stop=True) as database:
        with database.session() as session:
            if paths:
                skipped = bool(run_load(session, paths, home=settings.home).skipped)
            OUTPUT.print(page_table(session))
        run_server(settings, database, socket)
    _leave(skipped=skipped)


@app.command(
    epilog=example(
        "newsgraph load seeds/",
        "cat page.txt | newsgraph load -",
        "newsgraph load crawl.warc.gz --workers 4 --since 2026-01-01",
        "newsgraph load archive/ --include '*.html' --dry-run",
    )
)
def load(
    paths: Paths,
    include: Annotated[list[str] | None, typer.Option(help="Only pages of this pattern.")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="No pages of this pattern.")] = None,
    since: Day = None,
    workers: Annotated[
        int | None,
        typer.Option(min=0, help="Processes that read pages.", show_default="by their number"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list the pages.")] = False,
    bulk: Annotated[
        bool, typer.Option("--bulk", help="Fill an empty graph by Neo4j's offline importer.")
    ] = False,
) -> None:
    """Load pages into the graph. What was loaded before is passed over.

    A page that has changed where it lies replaces what it said.
    """
    from loader.commands import Choice, run_bulk, run_dry, run_load
    from queries.database import managed

    choice = Choice(
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        since=since.date() if since else None,
    )
    if dry_run:
        _leave(skipped=bool(run_dry(paths, choice=choice).skipped))
        return
    settings = _settings()
    with _database(settings) as database:
        if bulk:
            server = managed(settings) if database.server else None
            report = run_bulk(
                database, server, paths, home=settings.home, choice=choice, workers=workers
            )
        else:
            with database.session() as session:
                report = run_load(
                    session, paths, home=settings.home, choice=choice, workers=workers
                )
    _leave(skipped=bool(report.skipped))


@app.command(epilog=example("newsgraph extract seeds/ -o records.jsonl"))
def extract(paths: Paths, output: Output = None) -> None:
    """Print what is found on pages, as JSON lines. Needs no database."""
    from loader.commands import open_output, run_extract

    with open_output(output) as stream:
        report = run_extract(paths, stream)
    _leave(skipped=bool(report.skipped))


@app.command(epilog=example("newsgraph remove page.txt"))
def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="NAMES", help="Names, paths, addresses or ids of pages.")
    ],
) -> None:
    """Take pages out of the graph, with what only they supported."""
    from loader.commands import run_remove

    settings = _settings()
    with _database(settings) as database, database.session() as session:
        removed = run_remove(session, names, home=settings.home)
    _leave(skipped=bool(removed.unknown))


@app.command(epilog=example("newsgraph serve", "newsgraph serve --host 0.0.0.0 --port 80"))
def serve(host: Host = None, port: Port = None) -> None:
    """Serve GraphQL, RDF and the playground until Ctrl-C."""
    from api.commands import listen, run_server

    settings = _settings(host=host, port=port)
    with listen(settings.host, settings.port) as socket, _database(settings) as database:
        run_server(settings, database, socket)


@app.command(epilog=example("newsgraph export -o graph.ttl", "newsgraph export --country KE"))
def export(
    output: Output = None,
    form: Annotated[
        str, typer.Option("--format", help="turtle, ntriples, trig or jsonld.")
    ] = "turtle",
    article: Annotated[
        list[str] | None, typer.Option(help="Only this article (its id); may be repeated.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Only articles that name this country.")
    ] = None,
    since: Day = None,
) -> None:
    """Write the graph, or a part of it, as RDF."""
    from api.commands import run_export
    from api.parts import Part
    from ontology.rdf.writing import FORMATS

    if form not in FORMATS:
        _fail(f"{form!r} is no format; there are {', '.join(FORMATS)}.", status=2)
    part = None
    if article or country or since:
        part = Part(
            articles=tuple(article or ()), country=country, since=since.date() if since else None
        )
    settings = _settings()
    with _database(settings) as database:
        run_export(database, FORMATS[form].name, output, base=settings.base, part=part)


@app.command("import", epilog=example("newsgraph import graph.ttl"))
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What newsgraph export wrote.")],
) -> None:
    """Read an exported graph into an empty database."""
    from loader.importing import import_file

    settings = _settings()
    try:
        with _database(settings) as database:
            done = import_file(database.driver, path, base=settings.base, database=database.name)
    except OSError as error:
        _fail(f"{path} cannot be read: {error.strerror}.")
    typer.echo(
        f"{done.nodes} nodes and {done.relationships} relationships,"
        f" {done.new_nodes} and {done.new_relationships} of them new.",
        err=True,
    )


@app.command(epilog=example("newsgraph graph --about country/KE -o kenya.html"))
def graph(
    about: Annotated[str | None, typer.Option(help="An id, or a name.")] = None,
    output: Output = None,
) -> None:
    """Draw what surrounds a person, article, country or claim, as one HTML file."""
    from api.commands import run_graph

    with _database(_settings()) as database:
        run_graph(database, about, output)


@app.command(epilog=example("newsgraph key keys.txt desk"))
def key(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What NEWSGRAPH_API_KEYS names.")],
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
) -> None:
    """Make a key to the API; the file keeps its hash alone."""
    from api.auth import create_key

    typer.echo(create_key(path, name))
    typer.echo(f"Keep it: it cannot be shown again. Its hash is in {path}.", err=True)


@app.command(epilog=example("newsgraph doctor"))
def doctor() -> None:
    """Look at all that newsgraph needs; say what is wrong, and what to do about it."""
    from queries.doctor import examine

    checks = examine(_settings())
    for check in checks:
        typer.echo(f"{check.level:8} {check.name}: {check.found}")
        if check.cure:
            typer.echo(f"{'':8} → {check.cure}")
    _leave(skipped=any(check.level == "bad" for check in checks))


@app.command(epilog=example("newsgraph query", "newsgraph query NAME country=TW"))
def query(
    name: Annotated[str | None, typer.Argument(help="A question's name; none lists them.")] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Its variables.")
    ] = None,
) -> None:
    """Ask one of the ready questions; the answer is JSON."""
    from api.commands import list_examples, run_query

    if name is None:
        list_examples()
        return
    settings = _settings()
    with _database(settings) as database:
        _leave(skipped=not run_query(settings, database, name, parameters or []))


@app.command(epilog=example("newsgraph validate"))
def validate() -> None:
    """Check the graph against the ontology's shapes; name each node and rule that is broken."""
    from api.commands import run_validate

    settings = _settings()
    with _database(settings) as database:
        _leave(skipped=bool(run_validate(database, base=settings.base)))


@db.command("start", epilog=example("newsgraph db start"))
def db_start() -> None:
    """Start the managed Neo4j, fetching it first where it is not there yet."""
    from queries.database import managed

    with _progress() as on_progress:
        server = managed(_settings()).start(on_progress)
    typer.echo(f"Neo4j runs at {server.uri}; its Browser is at {server.browser_url}")
    typer.echo(f"user {server.user}, password {server.password}")


@db.command("stop", epilog=example("newsgraph db stop"))
def db_stop() -> None:
    """Stop the managed Neo4j; its data stay."""
    from queries.database import managed

    with _progress() as on_progress:
        stopped = managed(_settings()).stop(on_progress)
    typer.echo("Neo4j has stopped." if stopped else "Neo4j was not running.")


@db.command("status", epilog=example("newsgraph db status"))
def db_status() -> None:
    """Say whether the managed Neo4j runs, and where."""
    from queries.database import managed

    status = managed(_settings()).status()
    if status.running is None:
        typer.echo(f"Neo4j is not running; its data directory is {status.home}")
    else:
        server = status.running
        typer.echo(f"Neo4j runs at {server.uri} (process {server.pid}); data in {status.home}")
        typer.echo(f"Browser at {server.browser_url}, user {server.user}, {server.password}")


@db.command("backup", epilog=example("newsgraph db backup graph.dump"))
def db_backup(path: Dump) -> None:
    """Stop the managed Neo4j for a moment and write everything in it to a file."""
    from queries.database import managed

    with _progress() as on_progress:
        managed(_settings()).backup(path, on_progress)
    typer.echo(f"The graph is in {path}.")


@db.command("restore", epilog=example("newsgraph db restore graph.dump"))
def db_restore(path: Dump) -> None:
    """Put a backup in the place of everything in the managed Neo4j."""
    from queries.database import managed

    with _progress() as on_progress:
        managed(_settings()).restore(path, on_progress)
    typer.echo(f"The graph is that of {path}.")


@db.command("reset", epilog=example("newsgraph db reset --yes"))
def db_reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete everything in the managed Neo4j."""
    from queries.database import managed

    settings = _settings()
    if not yes:
        typer.confirm(f"Delete the graph in {settings.home}?", abort=True, err=True)
    with _progress() as on_progress:
        managed(settings).reset(on_progress)
    typer.echo("The graph is empty.")


def main() -> None:
    """Run the command; an error of ours is one sentence on stderr and exit status 1."""
    try:
        app()
    except SystemExit:
        raise
    except KeyboardInterrupt:
        _fail("Interrupted.", status=130)
    except _our_errors() as error:
        _fail(str(error))


def _settings(**given: Any) -> "Settings":
    """The settings of the environment, with what the command line gives over them."""
    from pydantic import ValidationError

    from queries.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        problem = error.errors()[0]
        _fail(f"{problem['loc'][0]} is set to what it cannot mean: {problem['msg']}", status=2)
    return settings.model_copy(update={k: v for k, v in given.items() if v is not None})


@contextmanager
def _database(settings: "Settings", *, stop: bool = False) -> Iterator["Database"]:
    """The database of ``settings``; with ``stop``, a server started for it stops with it."""
    from queries.database import managed, open_database

    ours = stop and settings.neo4j_uri is None and managed(settings).status().running is None
    with ExitStack() as stack:
        if ours:
            stack.callback(managed(settings).stop)
        with _progress() as on_progress:
            database = stack.enter_context(open_database(settings, on_progress))
        yield database


@contextmanager
def _progress() -> Iterator["OnProgress"]:
    """Show on stderr what the managed server is doing."""
    from rich.console import Console

    from queries.server import Progress

    with Console(stderr=True).status("Looking for Neo4j") as status:

        def on_progress(news: Progress) -> None:
            share = f" ({news.done / 1e6:,.0f} of {news.total / 1e6:,.0f} MB)" if news.total else ""
            status.update(news.message + share)

        yield on_progress


def _our_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is for the user. Called only when one is raised."""
    from api.auth import KeysError
    from api.commands import CommandError
    from api.documents import DocumentsError
    from api.examples import ExamplesError
    from api.options import OptionsError
    from loader.bulk import BulkError
    from loader.importing import RefusedError
    from loader.schema import SchemaError
    from loader.workers import WorkerError
    from ontology.rdf.values import RdfError
    from queries.database import DatabaseError
    from queries.server import ServerError

    serving = (CommandError, DocumentsError, ExamplesError, KeysError, OptionsError)
    loading = (BulkError, SchemaError, WorkerError, RefusedError, RdfError)
    return (*serving, *loading, DatabaseError, ServerError)


def _leave(*, skipped: bool) -> None:
    if skipped:
        raise typer.Exit(1)


def _fail(message: str, status: int = 1) -> NoReturn:
    sys.stderr.write(f"newsgraph: {message}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
