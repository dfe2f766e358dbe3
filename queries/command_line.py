"""What the commands share: options, settings, the open database, exit status.

Imports are inside the functions, so that ``--help`` responds at once.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from queries.database import Database
    from queries.server import OnProgress, RunningServer
    from queries.settings import Settings

Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Only content published on or after this date."),
]
LastDay = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Only content published on or before this date."),
]
Include = Annotated[list[str] | None, typer.Option(help="Only load pages that match this pattern.")]
Exclude = Annotated[list[str] | None, typer.Option(help="Skip pages that match this pattern.")]
AboutCountry = Annotated[
    str | None, typer.Option(help="Only statements that mention this country (code or name).")
]
InOutlet = Annotated[str | None, typer.Option(help="Only statements in articles of this outlet.")]
TableFormat = Annotated[
    str | None,
    typer.Option(
        "--format", help="json, csv, jsonl, xlsx or parquet; else what the file's name ends in."
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to this file instead of standard output."
    ),
]


def group(
    about: str | None = None, epilog: str | None = None, *, completion: bool = False
) -> typer.Typer:
    """Return an empty group of commands; with ``completion``, shells can complete them."""
    return typer.Typer(
        help=about,
        epilog=epilog,
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help answers in half the time: rich takes 0.3 s to import
        add_completion=completion,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def example(*lines: str) -> str:
    """The examples at the end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  $ {line}" for line in lines)


def settings_of(**given: Any) -> "Settings":
    """The settings of the environment, with what the command line gives over them.

    The log is set up as they say.
    """
    from pydantic import ValidationError

    from queries.logs import set_up_logs
    from queries.settings import Settings, problems

    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        fail(problems(error), status=2)
    set_up_logs(settings.log_level, as_json=settings.log_format == "json")
    return settings


def login(server: "RunningServer") -> str:
    """How to log in to a managed server, for standard output: a terminal is told the password.

    What is written to a file, such as a service's log, is read by more people and for longer.
    """
    if sys.stdout.isatty():
        return f"user {server.user}, password {server.password}"
    return f"user {server.user}; `newsgraph db password` prints the password"


def note_stray(settings: "Settings") -> None:
    """Print a note on stderr if an earlier version left a graph where it is not used."""
    from queries.stray import note

    if said := note(settings):
        sys.stderr.write(f"newsgraph: Note: {said}\n")


@contextmanager
def opened(
    settings: "Settings", *, stop: bool = False, meanwhile: Sequence[str] = ()
) -> Iterator["Database"]:
    """The database of ``settings``; with ``stop``, a server started for it stops with it.

    The modules ``meanwhile`` are imported while a server starts: what follows needs them.
    """
    from queries.database import managed, open_database

    note_stray(settings)
    ours = stop and settings.neo4j_uri is None and managed(settings).status().running is None
    with ExitStack() as stack:
        if ours:
            stack.callback(managed(settings).stop)
        with progress_shown(meanwhile) as on_progress:
            database = stack.enter_context(open_database(settings, on_progress))
        yield database


@contextmanager
def opened_if_running(settings: "Settings") -> Iterator["Database | None"]:
    """The database of ``settings``; None where none is running: nothing is started for it."""
    from queries.database import DatabaseError, managed, open_database

    with ExitStack() as stack:
        database = None
        if settings.neo4j_uri is not None or managed(settings).status().running is not None:
            with suppress(DatabaseError):
                database = stack.enter_context(open_database(settings))
        yield database


@contextmanager
def progress_shown(meanwhile: Sequence[str] = ()) -> Iterator["OnProgress"]:
    """Show on stderr what the managed server is doing; import ``meanwhile`` while it starts.

    In a terminal, one line changes; elsewhere, each step that takes long is a line of its own.
    """
    from queries.consoles import Console
    from queries.server import LONG_STEPS, Progress

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    said: set[str] = set()
    with console.status("Looking for Neo4j") if console.is_terminal else nullcontext() as status:

        def on_progress(news: Progress) -> None:
            total = f"{news.total / 1e6:,.0f} MB"
            if status is not None:
                share = f" ({news.done / 1e6:,.0f} of {total})" if news.total else ""
                status.update(news.message + share)
            elif news.step in LONG_STEPS and news.message not in said:
                said.add(news.message)
                size = f" ({total})" if news.total else ""
                console.print(news.message + size, markup=False)
            if news.step == "boot":
                for name in meanwhile:
                    import_module(name)

        yield on_progress


def format_of(
    output: str | None,
    named: str | None,
    formats: Mapping[str, tuple[str, ...]],
    *,
    packed: bool = False,
) -> str:
    """The format to write: what is named, else what the file's name ends in, else the first.

    Ends with status 2 if the format is unknown, the file's ending is none of the formats', or the
    two say different things.

    Args:
        output: the file, or None or - for standard output.
        named: what ``--format`` says.
        formats: each format with the endings of its files, dots included.
        packed: whether ``.gz`` may follow.
    """
    if named is not None and named not in formats:
        fail(f"{named!r} is not a format; use one of {', '.join(formats)}.", status=2)
    name = Path(output or "-").name.lower()
    if packed:
        name = name.removesuffix(".gz")
    suffix = Path(name).suffix
    fitting = ((end, form) for form, ends in formats.items() for end in ends if name.endswith(end))
    # Of two endings, such as .json and .ftm.json, the longer one says more.
    told = max(fitting, key=lambda item: len(item[0]), default=("", None))[1]
    if suffix and told is None and named is None:
        ends = ", ".join(end for ends in formats.values() for end in ends)
        gz = " (optionally followed by .gz)" if packed else ""
        cure = "rename the file, or choose with --format" if len(formats) > 1 else "rename the file"
        fail(f"{output} does not end in {ends}{gz}; {cure}.", status=2)
    if told and named and told != named:
        msg = f"--format is {named}, but the name {output} means {told}; change one of them."
        fail(msg, status=2)
    return named or told or next(iter(formats))


def leave(*, skipped: bool) -> None:
    """End with status 1 if something was skipped, failed or found wrong."""
    if skipped:
        raise typer.Exit(1)


def fail(message: str, status: int = 1) -> NoReturn:
    """End with one sentence on stderr."""
    sys.stderr.write(f"newsgraph: {message}\n")
    sys.exit(status)
