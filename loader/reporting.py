"""What the command says of a load: its counts, what it skipped, and why it ended."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from neo4j.exceptions import AuthError, Neo4jError
from rich.markup import escape

from loader.graph.loading import Report
from loader.pages import SkippedPage
from loader.terminal import ERRORS


def summary(report: Report) -> str:
    """What ``report`` comes to, in a sentence or two."""
    known = f" {report.known} pages were already in the graph." if report.known else ""
    if report.replaced:
        known += f" {report.replaced} pages were replaced by newer versions."
    if report.retries.deadlocks:
        known += f" {report.retries.deadlocks} deadlocks with other loads were resolved."
    return (
        f"{report.pages} pages loaded: {report.articles} articles,"
        f" {report.new_articles} of them new, with {report.statements} statements;"
        f" {len(report.skipped)} pages skipped.{known}"
    )


def warn(skipped: Sequence[SkippedPage]) -> None:
    """Say of each skipped page why, and what to do."""
    for page in skipped:
        ERRORS.print(f"[yellow]skipped[/yellow] {escape(page.message)}", soft_wrap=True)


@contextmanager
def failing_well(raised: type[Exception], so: str) -> Iterator[None]:
    """Raise, of a database or disk that fails, what says what has become of the load: ``so``."""
    try:
        yield
    except (Neo4jError, sqlite3.Error, OSError) as error:
        if isinstance(error, AuthError):
            raise  # the database's address is told with it
        said = " ".join(str(error).split())[:300]
        raise raised(f"The load ended with {type(error).__name__}: {said}. {so}") from error
