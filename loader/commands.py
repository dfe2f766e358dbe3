"""The commands that load, extract and remove pages.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from pathlib import Path
from typing import Annotated

import typer

import loader.receipt_commands
from loader.entity_commands import entities
from loader.watch.commands import app as watching
from queries.command_line import (
    Day,
    Exclude,
    Include,
    Output,
    example,
    fail,
    format_of,
    group,
    leave,
    opened,
    settings_of,
)
from queries.counts import counted, figure

app = group()
app.add_typer(entities, name="entities")
app.add_typer(watching)
app.add_typer(loader.receipt_commands.app)

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATHS", help="Files, folders or URLs, or - for standard input."),
]


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
    include: Include = None,
    exclude: Exclude = None,
    since: Day = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Number of worker processes that read pages.",
            show_default="depends on the number of pages",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List the pages without loading them.")
    ] = False,
    metrics_port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Serve Prometheus metrics on this port during the load."
        ),
    ] = None,
    bulk: Annotated[
        bool, typer.Option("--bulk", help="Fill an empty graph with Neo4j's offline importer.")
    ] = False,
    records: Annotated[
        bool,
        typer.Option(
            "--records",
            help="With --bulk: PATHS are folders of records written by `newsgraph spark`.",
        ),
    ] = False,
) -> None:
    """Load pages into the graph. Pages that are already loaded are skipped.

    A page whose file has changed replaces its old version.
    """
    from loader.bulk.jobs import run_bulk
    from loader.jobs import run_dry, run_load
    from loader.pages.choice import choice_of
    from queries.database import managed

    settings = settings_of()
    choice = choice_of(include, exclude, since)
    if dry_run:
        leave(skipped=bool(run_dry(paths, choice=choice).skipped))
        return
    if records and not bulk:
        fail("--records works only with the offline importer; add --bulk.", status=2)
    with opened(settings) as database:
        if bulk:
            server = managed(settings) if database.server else None
            report = run_bulk(
                database,
                server,
                paths,
                home=settings.home,
                choice=choice,
                workers=workers,
                records=records,
            )
        else:
            with database.session() as session:
                report = run_load(
                    session,
                    paths,
                    home=settings.home,
                    choice=choice,
                    workers=workers,
                    metrics_port=metrics_port,
                    server=database.server,
                )
    leave(skipped=bool(report.skipped))


@app.command(
    epilog=example(
        "newsgraph spark crawl/ --master spark://host:7077",
        "newsgraph spark 's3a://bucket/crawl/*.warc.gz' --records records/",
    )
)
def spark(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATHS", help="Paths that all machines can see, or URLs that Spark can read."
        ),
    ],
    master: Annotated[
        str | None, typer.Option(help="URL of the Spark master.", show_default="this machine")
    ] = None,
    include: Include = None,
    exclude: Exclude = None,
    since: Day = None,
    records: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help="Write records to this folder for `load --bulk` instead of loading them; needs no "
            "database.",
        ),
    ] = None,
    partitions: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Number of partitions to extract pages in.",
            show_default="depends on the size",
        ),
    ] = None,
    writers: Annotated[
        int, typer.Option(min=1, help="Number of workers that write at the same time.")
    ] = 4,
) -> None:
    """Load pages on a cluster, with Apache Spark."""
    from loader.pages.choice import choice_of
    from loader.spark.jobs import Job, run_records, run_spark

    settings = settings_of()
    choice = choice_of(include, exclude, since)
    job = Job(paths=paths, choice=choice, master=master, partitions=partitions, writers=writers)
    if records is not None:
        leave(skipped=bool(run_records(job, records).skipped))
        return
    with opened(settings) as database:
        report = run_spark(database, job, home=settings.home)
    leave(skipped=bool(report.skipped))


@app.command(epilog=example("newsgraph extract seeds/ -o records.jsonl"))
def extract(paths: Paths, output: Output = None) -> None:
    """Extract pages and print the records as JSON lines.

    Needs no database.
    """
    from loader.jobs import run_extract

    format_of(output, None, {"JSON lines": (".jsonl", ".ndjson")})
    settings_of()
    leave(skipped=bool(run_extract(paths, output).skipped))


@app.command(epilog=example("newsgraph remove page.txt"))
def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="NAMES", help="Names, paths, URLs or ids of pages.")
    ],
) -> None:
    """Remove pages, and everything that only they supported."""
    from loader.jobs import run_remove

    settings = settings_of()
    with opened(settings) as database, database.session() as session:
        removed = run_remove(session, names, home=settings.home)
    leave(skipped=bool(removed.unknown))


@app.command("import", epilog=example("newsgraph import graph.ttl"))
def import_(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file written by `newsgraph export`.")
    ],
) -> None:
    """Import an exported graph into an empty database.

    A file that is not whole is refused, and nothing is written.
    """
    from loader.graph.importing import import_file
    from loader.terminal import import_bar

    settings = settings_of()
    try:
        with opened(settings) as database, import_bar() as progress:
            done = import_file(database.driver, path, database=database.name, progress=progress)
    except OSError as error:
        fail(f"{path} cannot be read ({error.strerror}); check the path and its permissions.")
    typer.echo(
        f"{counted(done.nodes, 'node')} ({figure(done.new_nodes)} new) and"
        f" {counted(done.relationships, 'relationship')} ({figure(done.new_relationships)} new)"
        " imported.",
        err=True,
    )
    if not done.counted:
        typer.echo(
            f"Note: {path} does not tell how many triples it has, as files of other programs and of"
            " older versions do not; if it was cut short, nobody would know.",
            err=True,
        )
