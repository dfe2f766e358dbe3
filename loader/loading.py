"""Load pages: read, extract, write, and say what came of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice

from neo4j import Session
from spacy.language import Language

from loader.extraction import extract, page_record, this_run
from loader.pages import Page, SkippedPage
from loader.schema import prepare
from loader.writer import ExtractedPage, Run, loaded_pages, write_pages, write_run
from ontology.model import load_model

_LOOK_AHEAD = 200


@dataclass(slots=True)
class Report:
    """What a load came to. ``known`` pages were in the graph before, by the same software."""

    pages: int = 0
    known: int = 0
    articles: int = 0
    new_articles: int = 0
    statements: int = 0
    skipped: list[SkippedPage] = field(default_factory=list)


OnPage = Callable[[str], None]
"""Called with a page's name when it has been read, known or skipped."""


def load(
    session: Session,
    open_pipeline: Callable[[], Language],
    pages: Iterable[Page | SkippedPage],
    *,
    started: datetime | None = None,
    on_page: OnPage = lambda name: None,
    report: Report | None = None,
) -> Report:
    """Load ``pages`` into ``session``'s database.

    Pages that this software has loaded before are passed over. Every batch is committed as it is
    written, so a load that is interrupted goes on where it was when it is called again.

    Args:
        session: A session for writing.
        open_pipeline: ``load_pipeline``; called only when a page has to be read, since loading
            the model takes seconds.
        pages: What ``loader.pages.read`` gives.
        started: When the run began, in UTC; now, by default.
        on_page: Told each page's name when it is done with.
        report: Filled while loading, so that an interrupted load can still be reported.

    Raises:
        SchemaError: the database was written by another major version, or holds other data.
        neo4j.exceptions.Neo4jError: the database fails.
    """
    report = Report() if report is None else report
    prepare(session, load_model())
    run = this_run(started or datetime.now(UTC).replace(microsecond=0))
    write_run(session, run)
    fresh = _unknown(session, run, _readable(pages, report, on_page), report, on_page)
    counted = _counted(_extracted(open_pipeline, fresh), report, on_page)
    for written in write_pages(session, counted, run):
        report.pages += written.pages
        report.articles += written.articles
        report.new_articles += written.new_articles
    return report


def _extracted(
    open_pipeline: Callable[[], Language], pages: Iterator[Page]
) -> Iterator[ExtractedPage]:
    first = next(pages, None)
    if first is not None:
        yield from extract(open_pipeline(), chain([first], pages))


def _readable(
    pages: Iterable[Page | SkippedPage], report: Report, on_page: OnPage
) -> Iterator[Page]:
    for page in pages:
        if isinstance(page, SkippedPage):
            report.skipped.append(page)
            on_page(page.name)
        else:
            yield page


def _unknown(
    session: Session, run: Run, pages: Iterator[Page], report: Report, on_page: OnPage
) -> Iterator[Page]:
    while chunk := list(islice(pages, _LOOK_AHEAD)):
        known = loaded_pages(session, run, [page_record(page) for page in chunk])
        for page, is_known in zip(chunk, known, strict=True):
            if is_known:
                report.known += 1
                on_page(page.name)
            else:
                yield page


def _counted(
    pages: Iterable[ExtractedPage], report: Report, on_page: OnPage
) -> Iterator[ExtractedPage]:
    for page in pages:
        report.statements += sum(len(article.statements) for article in page.articles)
        on_page(page.page.name)
        yield page
