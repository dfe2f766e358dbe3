"""The verbs of the database itself: ``newsgraph db …`` and ``newsgraph doctor``.

Imports are inside the verbs, so that ``--help`` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from queries.command_line import example, group, leave, progress_shown, settings_of

app = group()
db = group("The managed local Neo4j.")
app.add_typer(db, name="db")

Dump = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


@app.command(epilog=example("newsgraph doctor"))
def doctor() -> None:
    """Look at all that newsgraph needs; say what is wrong, and what to do about it."""
    from queries.doctor import examine

    checks = examine(settings_of())
    for check in checks:
        typer.echo(f"{check.level:8} {check.name}: {check.found}")
        if check.cure:
            typer.echo(f"{'':8} → {check.cure}")
    leave(skipped=any(check.level == "bad" for check in checks))


@db.command("start", epilog=example("newsgraph db start"))
def db_start() -> None:
    """Start the managed Neo4j, fetching it first where it is not there yet."""
    from queries.database import managed

    with progress_shown() as on_progress:
        server = managed(settings_of()).start(on_progress)
    typer.echo(f"Neo4j runs at {server.uri}; its Browser is at {server.browser_url}")
    typer.echo(f"user {server.user}, password {server.password}")


@db.command("stop", epilog=example("newsgraph db stop"))
def db_stop() -> None:
    """Stop the managed Neo4j; its data stay."""
    from queries.database import managed

    with progress_shown() as on_progress:
        stopped = managed(settings_of()).stop(on_progress)
    typer.echo("Neo4j has stopped." if stopped else "Neo4j was not running.")


@db.command("status", epilog=example("newsgraph db status"))
def db_status() -> None:
    """Say whether the managed Neo4j runs, and where."""
    from queries.database import managed

    status = managed(settings_of()).status()
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

    with progress_shown() as on_progress:
        managed(settings_of()).backup(path, on_progress)
    typer.echo(f"The graph is in {path}.")


@db.command("restore", epilog=example("newsgraph db restore graph.dump"))
def db_restore(path: Dump) -> None:
    """Put a backup in the place of everything in the managed Neo4j."""
    from queries.database import managed

    with progress_shown() as on_progress:
        managed(settings_of()).restore(path, on_progress)
    typer.echo(f"The graph is that of {path}.")


@db.command("reset", epilog=example("newsgraph db reset --yes"))
def db_reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete everything in the managed Neo4j."""
    from queries.database import managed

    settings = settings_of()
    if not yes:
        typer.confirm(f"Delete the graph in {settings.home}?", abort=True, err=True)
    with progress_shown() as on_progress:
        managed(settings).reset(on_progress)
    typer.echo("The graph is empty.")
