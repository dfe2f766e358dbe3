"""The loader's commands: progress on stderr, counts at the end."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO

from neo4j import Session
from rich import box
from rich.markup import escape
from rich.table import Table

from loader.extract.extractors import Extractor
from loader.extract.pipeline import load_pipeline
from loader.extract.serialization import article_line
from loader.extract.workers import Guarded, chosen_extractor
from loader.graph.intake import Intake, Report
from loader.graph.journal import Journal, open_journal
from loader.graph.loading import load
from loader.graph.metrics import served_metrics
from loader.graph.removing import Removed, remove
from loader.graph.retrying import while_it_lives
from loader.graph.schema import prepare_existing
from loader.pages import Choice, read
from loader.reporting import failing_well, summary, warn
from loader.terminal import ERRORS, OUTPUT, progress_bar, stopped_by_signals
from ontology.model import load_model
from queries import cypher
from queries.counts import counted
from queries.logs import logged
from queries.saving import replacing, unsaved
from queries.server import RunningServer
from queries.terminal import one_line

_GO_ON = "Everything counted above is in the graph; run the same command again to resume."


class LoadError(Exception):
    """A load cannot go on; the message says why and what to do."""


def run_load(
    session: Session,
    paths: Sequence[str],
    *,
    home: Path | None = None,
    choice: Choice | None = None,
    workers: int | None = None,
    metrics_port: int | None = None,
    server: RunningServer | None = None,
) -> Report:
    """Load ``paths``, with a progress bar; print a warning for each skipped page and the counts.

    At the first interrupt (Ctrl-C) or request to end (SIGTERM), what was read is committed; the
    second one ends it at once. Either way, what is safely in the graph is said, and
    ``KeyboardInterrupt`` raised.

    Args:
        session: A session for writing.
        paths: Files, folders, patterns, or ``-``.
        home: The data directory, for the journal; without one, changed pages are added.
        choice: Which of the pages to load.
        workers: Worker processes; 0 reads in this process, None chooses by the number of pages.
        metrics_port: Where Prometheus finds figures while the load runs; None serves none.
        server: The managed server, if the database is its: whether it lives is known.

    Raises:
        LoadError: the database or the disk fails.
        MetricsError: the port is taken.
    """
    report = Report()
    extractor = chosen_extractor(logged(load_pipeline), workers)
    try:
        with served_metrics(report, metrics_port):
            load_pages(session, paths, extractor, report, home=home, choice=choice, server=server)
    finally:
        warn(report.skipped)
        ERRORS.print(summary(report))
    if report.stopped:
        ERRORS.print(
            "Interrupted: everything counted here is in the graph. Run the same command again to "
            "resume."
        )
        raise KeyboardInterrupt
    return report


def load_pages(
    session: Session,
    paths: Sequence[str],
    extractor: Extractor,
    report: Report,
    *,
    home: Path | None = None,
    choice: Choice | None = None,
    progress: bool = True,
    server: RunningServer | None = None,
) -> None:
    """Load ``paths`` as ``run_load`` does, without printing a summary.

    Args:
        session: A session for writing.
        paths: Files, folders, patterns, URLs, or ``-``.
        extractor: What turns pages into records.
        report: Filled while loading; ``stopped`` is set if the load was interrupted.
        home: The data directory, for the journal; without one, changed pages are added.
        choice: Which of the pages to load.
        progress: Whether to show a progress bar.
        server: The managed server, if the database is its.

    Raises:
        LoadError: the database or the disk fails.
    """
    with (
        failing_well(LoadError, _GO_ON, server),
        while_it_lives(server.lives if server else None),
        _journal(home, session) as journal,
        stopped_by_signals() as stop,
        progress_bar(paths) if progress else nullcontext(_ignore) as on_page,
    ):
        load(
            session,
            extractor,
            (choice or Choice()).read(paths),
            on_page=on_page,
            report=report,
            journal=journal,
            stop=stop,
        )


def run_dry(paths: Sequence[str], *, choice: Choice | None = None) -> Report:
    """Read ``paths`` as a load would, and list each page with its size; no database is needed."""
    report = Report()
    characters = 0
    for page in Intake(report=report).readable((choice or Choice()).read(paths)):
        report.pages += 1
        characters += len(page.text)
        line = f"{len(page.text):>9,}  {page.media_type:<16}  {one_line(page.location)}"
        OUTPUT.print(line, markup=False, soft_wrap=True)
    warn(report.skipped)
    ERRORS.print(
        f"{counted(report.pages, 'page')} with {counted(characters, 'character')} would be loaded;"
        f" {len(report.skipped)} skipped."
    )
    return report


def run_extract(paths: Sequence[str], output: str | None) -> Report:
    """Write the records of ``paths`` as JSON lines, one article a line.

    An output file is complete when it appears under its name. Until then, and after an interrupt,
    the records extracted so far are in a file beside it whose name ends in ``.part``.

    Args:
        paths: Files, folders, patterns, URLs, or ``-``.
        output: A file; None or ``-`` for standard output.

    Raises:
        LoadError: the file cannot be written.
    """
    report = Report()
    try:
        with _lines(output) as stream, progress_bar(paths) as on_page:
            intake = Intake(report=report, on_page=on_page)
            found = Guarded(load_pipeline)(intake.readable(read(paths)))
            for page in intake.extracted(found):
                stream.writelines(map(article_line, page.articles))
                stream.flush()
                intake.written([page.page.id], articles=len(page.articles), new_articles=0)
    finally:
        warn(report.skipped)
        ERRORS.print(
            f"{counted(report.pages, 'page')}, {counted(report.articles, 'article')},"
            f" {counted(report.statements, 'statement')} extracted;"
            f" {counted(len(report.skipped), 'page')} skipped."
        )
    return report


def run_remove(session: Session, names: Sequence[str], *, home: Path | None = None) -> Removed:
    """Remove the pages called ``names``; print the counts, and a warning for each unknown name.

    With ``home``, the data directory, a name may also be a path that pages were loaded from.

    Raises:
        VersionError: the graph is of another version of the ontology.
        SchemaError: the database holds other data.
    """
    prepare_existing(session, load_model())
    with _journal(home, session) as journal:
        removed = remove(session, names, journal)
    for name in removed.unknown:
        said = escape(one_line(name))
        ERRORS.print(f"[yellow]not found[/yellow] {said}: no page has this name, path, URL or id")
    ERRORS.print(
        f"{counted(removed.pages, 'page')} removed, with"
        f" {counted(removed.articles, 'article that was', 'articles that were')} on no other page;"
        f" {counted(len(removed.unknown), 'name was', 'names were')} not found."
    )
    return removed


def page_table(session: Session) -> Table:
    """What the graph holds, a row for each page: the table ``newsgraph up`` prints.

    Of 80 columns, 27 are for a page's name; a longer one goes on in the next line.
    """
    table = Table(
        title="What newsgraph found",
        title_justify="left",
        box=box.SIMPLE,
        show_edge=False,
        padding=0,
    )
    table.add_column("page", overflow="fold")
    kinds = ("articles", "authors", "experts", "countries", "statements", "claims")
    for kind in kinds:
        table.add_column(kind, justify="right")
    *pages, total = session.run(cypher("read/page_counts"))
    for row in pages:
        table.add_row(escape(str(row["name"])), *(str(row[kind]) for kind in kinds))
    table.add_section()
    table.add_row("all", *(str(total[kind]) for kind in kinds), style="bold")
    return table


def _ignore(name: str) -> None:
    """Do nothing when a page is done."""


@contextmanager
def _lines(output: str | None) -> Iterator[IO[bytes]]:
    if output in (None, "-"):
        yield sys.stdout.buffer
        return
    path = Path(str(output))
    part = path.with_name(f"{path.name}.part")
    try:
        with replacing(path, part=part) as file:
            yield file
    except OSError as error:
        raise LoadError(unsaved(path, error)) from error
    except KeyboardInterrupt:
        if part.exists():
            ERRORS.print(f"Interrupted. The records extracted so far are in {part}.", markup=False)
        raise


@contextmanager
def _journal(home: Path | None, session: Session) -> Iterator[Journal | None]:
    if home is None:
        yield None
        return
    with open_journal(home, session) as journal:
        yield journal
