"""What the command says of a load: its counts, what it skipped, and why it ended."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from neo4j.exceptions import AuthError, DriverError, Neo4jError
from rich.markup import escape

from loader.graph.intake import Report
from loader.pages import SkippedPage
from loader.terminal import ERRORS
from queries.counts import counted, figure
from queries.database import is_critical, is_lost
from queries.errors import cure_of
from queries.server import RunningServer
from queries.terminal import one_line


def summary(report: Report) -> str:
    """What ``report`` comes to, in a sentence or two."""
    sentences = [
        f"{counted(report.pages, 'page')} loaded: {counted(report.articles, 'article')}"
        f"{_new(report)}, with {counted(report.statements, 'statement')};"
        f" {counted(len(report.skipped), 'page')} skipped."
    ]
    if report.known:
        known = counted(report.known, "page was", "pages were")
        sentences.append(f"{known} already in the graph.")
    if report.replaced:
        replaced = counted(report.replaced, "page was", "pages were")
        sentences.append(f"{replaced} replaced by newer versions.")
    if report.retries.deadlocks:
        deadlocks = counted(report.retries.deadlocks, "deadlock", "deadlocks")
        sentences.append(f"{deadlocks} with other loads resolved.")
    return " ".join(sentences)


def _new(report: Report) -> str:
    """How many of the articles are new: ", 3 of them new"; nothing where all are."""
    if report.new_articles == report.articles:
        return ""
    return f", {figure(report.new_articles) if report.new_articles else 'none'} of them new"


def warn(skipped: Sequence[SkippedPage]) -> None:
    """Say of each skipped page why, and what to do."""
    for page in skipped:
        said = escape(one_line(page.message))
        ERRORS.print(f"[yellow]skipped[/yellow] {said}", soft_wrap=True)


@contextmanager
def failing_well(
    raised: type[Exception], so: str, server: RunningServer | None = None
) -> Iterator[None]:
    """Raise, of a database or disk that fails, what says what has become of the load.

    Args:
        raised: what to raise.
        so: what is kept, and that the same command resumes.
        server: the managed server, if the database is its.
    """
    try:
        yield
    except (Neo4jError, DriverError, sqlite3.Error, OSError) as error:
        if isinstance(error, AuthError):
            raise  # the database's address is told with it
        raise raised(f"{_what(error, server)} {so}") from error


def _what(error: Exception, server: RunningServer | None) -> str:
    """What happened, and what to do before the same command is run again."""
    said = " ".join(str(error).split())[:300]
    if is_critical(error):
        cure = "It is restarted by the next command" if server else "Then restart it"
        return (
            f"The load ended because Neo4j cannot write ({said}). Usually its disk is full: free"
            f" some space there. {cure}; until then it does nothing."
        )
    if is_lost(error) and server is not None and not server.lives():
        return (
            f"The load ended because Neo4j did: its process {server.pid} is gone (its log:"
            f" {server.log}). The next command starts it again."
        )
    if is_lost(error):
        return (
            f"The load ended because the database did not respond any more ({said}). Check that it"
            " is up."
        )
    cure = cure_of(error) or "check that the database is up and the disk has space"
    return f"The load ended with {type(error).__name__} ({said}): {cure}."
