"""The commands for the database itself: ``newsgraph db …``.

Imports are inside the functions, so that ``--help`` responds at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from queries.command_line import (
    example,
    fail,
    group,
    login,
    note_stray,
    progress_shown,
    settings_of,
)

app = group()
db = group("Manage the local Neo4j server.")
app.add_typer(db, name="db")

Dump = Annotated[Path, typer.Argument(metavar="FILE", help="The backup file.")]


@db.command("start", epilog=example("newsgraph db start"))
def db_start() -> None:
    """Start the local Neo4j server.

    Downloads it first if necessary.
    """
    from queries.database import managed

    settings = settings_of()
    note_stray(settings.model_copy(update={"neo4j_uri": None}))
    with progress_shown() as on_progress:
        server = managed(settings).start(on_progress)
    typer.echo(f"Neo4j is running at {server.uri}; Neo4j Browser is at {server.browser_url}")
    typer.echo(f"To log in: {login(server)}")


@db.command("stop", epilog=example("newsgraph db stop"))
def db_stop() -> None:
    """Stop the local Neo4j server; its data is kept."""
    from queries.database import managed

    with progress_shown() as on_progress:
        stopped = managed(settings_of()).stop(on_progress)
    typer.echo("Neo4j has stopped." if stopped else "Neo4j was not running.")


@db.command("status", epilog=example("newsgraph db status"))
def db_status() -> None:
    """Show whether the local Neo4j server runs, and where."""
    from queries.database import managed

    settings = settings_of()
    note_stray(settings.model_copy(update={"neo4j_uri": None}))
    status = managed(settings).status()
    if status.running is None:
        typer.echo(f"Neo4j is not running. Its data directory is {status.home}")
    else:
        server = status.running
        typer.echo(
            f"Neo4j is running at {server.uri} (process {server.pid}). Its data directory is "
            f"{status.home}"
        )
        typer.echo(f"Neo4j Browser is at {server.browser_url} ({login(server)})")


@db.command("password", epilog=example("newsgraph db password"))
def db_password() -> None:
    """Print the local Neo4j server's password.

    The exit status is 1 if there is no server yet.
    """
    from queries.database import managed

    password = managed(settings_of()).password()
    if password is None:
        fail("There is no local Neo4j server yet; `newsgraph db start` makes one.", status=1)
    typer.echo(password)


@db.command("backup", epilog=example("newsgraph db backup graph.dump"))
def db_backup(path: Dump) -> None:
    """Back up the graph to a file.

    A running server is stopped briefly.
    """
    from queries.database import managed

    with progress_shown() as on_progress:
        managed(settings_of()).backup(path, on_progress)
    typer.echo(f"The graph was backed up to {path}.")


@db.command("restore", epilog=example("newsgraph db restore graph.dump"))
def db_restore(path: Dump) -> None:
    """Replace the graph with a backup."""
    from queries.database import managed

    with progress_shown() as on_progress:
        managed(settings_of()).restore(path, on_progress)
    typer.echo(f"The graph was restored from {path}.")


@db.command("reset", epilog=example("newsgraph db reset --yes"))
def db_reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
) -> None:
    """Delete the graph in the local Neo4j server."""
    from queries.database import managed

    settings = settings_of()
    if not yes:
        typer.confirm(f"Delete the graph in {settings.home}?", abort=True, err=True)
    with progress_shown() as on_progress:
        managed(settings).reset(on_progress)
    typer.echo("The graph has been deleted.")
