"""The loader's verbs as the command line runs them: progress on stderr, counts at the end."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from neo4j import Session
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from loader.extraction import extract
from loader.loading import Report, load
from loader.pages import Page, SkippedPage, read
from loader.pipeline import load_pipeline
from loader.removing import Removed, remove
from queries import cypher

ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)
OUTPUT = Console(highlight=False)


def run_load(session: Session, paths: Sequence[str]) -> Report:
    """Load ``paths``, with a progress bar; print a warning for each skipped page and the counts.

    An interrupt (Ctrl-C) ends it after saying what is safely in the graph.
    """
    report = Report()
    try:
        with _progress(paths) as on_page:
            load(session, load_pipeline, read(paths), on_page=on_page, report=report)
    finally:
        _warn(report.skipped)
        ERRORS.print(_summary(report))
    return report


def run_extract(paths: Sequence[str], output: TextIO) -> Report:
    """Write the records of ``paths`` to ``output``, one JSON object a line, an article each."""
    report = Report()
    try:
        with _progress(paths) as on_page:
            pages = _readable(read(paths), report, on_page)
            for page in extract(load_pipeline(), pages):
                for article in page.articles:
                    output.write(json.dumps(article.as_json(), ensure_ascii=False) + "\n")
                report.pages += 1
                report.articles += len(page.articles)
                report.statements += sum(len(article.statements) for article in page.articles)
                on_page(page.page.name)
    finally:
        output.flush()
        _warn(report.skipped)
        ERRORS.print(
            f"{report.pages} pages, {report.articles} articles, {report.statements} statements"
            f" extracted; {len(report.skipped)} pages skipped."
        )
    return report


def run_remove(session: Session, names: Sequence[str]) -> Removed:
    """Remove the pages called ``names``; print the counts, and a warning for each unknown name."""
    removed = remove(session, names)
    for name in removed.unknown:
        ERRORS.print(f"[yellow]unknown[/yellow] {escape(name)}: no page has this name or address")
    ERRORS.print(
        f"{removed.pages} pages removed, with {removed.articles} articles that stood on no other;"
        f" {len(removed.unknown)} names unknown."
    )
    return removed


def page_table(session: Session) -> Table:
    """What the graph holds, a row for each page: the table ``newsgraph up`` prints."""
    table = Table(title="What newsgraph found", title_justify="left")
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


def _summary(report: Report) -> str:
    known = f" {report.known} pages were there before." if report.known else ""
    return (
        f"{report.pages} pages loaded: {report.articles} articles,"
        f" {report.new_articles} of them new, with {report.statements} statements;"
        f" {len(report.skipped)} pages skipped.{known}"
    )


def _warn(skipped: Sequence[SkippedPage]) -> None:
    for page in skipped:
        ERRORS.print(f"[yellow]skipped[/yellow] {escape(page.message)}", soft_wrap=True)


def _readable(
    pages: Iterator[Page | SkippedPage], report: Report, on_page: Callable[[str], None]
) -> Iterator[Page]:
    for page in pages:
        if isinstance(page, SkippedPage):
            report.skipped.append(page)
            on_page(page.name)
        else:
            yield page


@contextmanager
def _progress(paths: Sequence[str]) -> Iterator[Callable[[str], None]]:
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=ERRORS,
        transient=True,
    ) as progress:
        task = progress.add_task("pages", total=_count(paths))

        def on_page(name: str) -> None:
            progress.update(task, advance=1, description=escape(name[-40:]))

        yield on_page


def _count(paths: Sequence[str]) -> int | None:
    """How many files ``paths`` hold; None where that is not known before reading."""
    total = 0
    for given in paths:
        path = Path(given)
        if given == "-" or not path.exists():
            return None
        total += sum(1 for child in path.rglob("*") if child.is_file()) if path.is_dir() else 1
    return total


def open_output(path: str | None) -> TextIO:
    """The file to write to; standard output for None or ``-``."""
    if path is None or path == "-":
        return sys.stdout
    return Path(path).open("w", encoding="utf-8")
