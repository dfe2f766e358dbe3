"""Load pages: read, extract, write, and say what came of it."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from neo4j import Session

from loader.extract.extraction import now, page_record, this_run
from loader.extract.extractors import Extracted, Extractor
from loader.graph.journal import Journal, place_of
from loader.graph.removing import remove_displaced
from loader.graph.retrying import Retries, counted_retries
from loader.graph.schema import prepare
from loader.graph.writer import BATCH_ROWS, loaded_pages, write_pages, write_run
from loader.pages import Page, SkippedPage
from ontology import iris
from ontology.model import load_model
from ontology.records import ExtractedPage, Run

LOGGER = logging.getLogger(__name__)

_LOOK_AHEAD = 200


@dataclass(slots=True)
class Report:
    """What a load came to. ``known`` pages were in the graph before, by the same software.

    ``replaced`` pages were removed because other text stands in their place now; ``stopped`` says
    that the load was asked to end before it was through, ``retries`` how often a batch was written
    again.
    """

    pages: int = 0
    known: int = 0
    articles: int = 0
    new_articles: int = 0
    statements: int = 0
    replaced: int = 0
    stopped: bool = False
    retries: Retries = field(default_factory=Retries)
    skipped: list[SkippedPage] = field(default_factory=list)


OnPage = Callable[[str], None]
"""Called with a page's name when it has been read, known or skipped."""


@dataclass(slots=True, kw_only=True)
class Load:
    """One load of pages into one database: ``load`` in its parts."""

    session: Session
    run: Run
    journal: Journal | None
    stop: threading.Event
    on_page: OnPage
    report: Report
    _places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def readable(self, pages: Iterable[Page | SkippedPage]) -> Iterator[Page]:
        """Yield the pages that could be read, until the load is asked to stop."""
        for page in pages:
            if self.stop.is_set():
                return
            if isinstance(page, SkippedPage):
                self.skip(page)
            else:
                yield page

    def unknown(self, pages: Iterator[Page]) -> Iterator[Page]:
        """Yield the pages that this run has not written yet."""
        while chunk := list(islice(pages, _LOOK_AHEAD)):
            known = loaded_pages(self.session, self.run, [page_record(page) for page in chunk])
            for page, is_known in zip(chunk, known, strict=True):
                self._places[iris.page_id(page.sha256)].append(place_of(page))
                if is_known:
                    self.report.known += 1
                    self.on_page(page.name)
                else:
                    yield page
            self.remember(
                iris.page_id(page.sha256)
                for page, is_known in zip(chunk, known, strict=True)
                if is_known
            )

    def extracted(self, found: Iterator[Extracted]) -> Iterator[ExtractedPage]:
        """Yield the pages that could be extracted, until the load is asked to stop."""
        for page in found:
            if isinstance(page, SkippedPage):
                self.skip(page)
            else:
                self.report.statements += sum(len(item.statements) for item in page.articles)
                self.on_page(page.page.name)
                LOGGER.info("page extracted", extra={"page": page.page.name})
                yield page
            if self.stop.is_set():
                if isinstance(found, Generator):
                    found.close()  # workers end now, not when the garbage is collected
                return

    def skip(self, page: SkippedPage) -> None:
        """Report a page that is not loaded."""
        LOGGER.info("page skipped", extra={"page": page.location, "reason": page.reason})
        self.report.skipped.append(page)
        self.on_page(page.name)

    def remember(self, ids: Iterable[str]) -> None:
        """Note in the journal where the pages with these ids, which are in the graph, stand."""
        places = [(place, key) for key in ids for place in self._places.pop(key, ())]
        if self.journal is not None:
            self.journal.record(places)

    def clean(self) -> None:
        """Remove the pages that no place holds any more, once all places have been seen."""
        if self.journal is None or self.stop.is_set():
            return
        for removed in remove_displaced(self.journal, self.session):
            self.report.replaced += removed


def load(
    session: Session,
    extractor: Extractor,
    pages: Iterable[Page | SkippedPage],
    *,
    started: datetime | None = None,
    on_page: OnPage = lambda name: None,
    report: Report | None = None,
    journal: Journal | None = None,
    stop: threading.Event | None = None,
    batch_rows: int = BATCH_ROWS,
) -> Report:
    """Load ``pages`` into ``session``'s database.

    Pages that this software has loaded before are passed over. Every batch is committed as it is
    written, so a load that is interrupted goes on where it was when it is called again.

    Args:
        session: A session for writing.
        extractor: What turns pages into records: ``InProcess(load_pipeline)`` or ``Workers``.
        pages: What ``loader.pages.read`` gives.
        started: When the run began, in UTC; now, by default.
        on_page: Told each page's name when it is done with.
        report: Filled while loading, so that an interrupted load can still be reported.
        journal: Remembers where pages stood, so that a changed page replaces what it said.
        stop: Once it is set, no more pages are read, and what was read is committed.
        batch_rows: Rows a transaction aims at.

    Raises:
        VersionError: the graph is of another version of the ontology.
        SchemaError: the database holds other data.
        WorkerError: worker processes cannot be started.
        neo4j.exceptions.Neo4jError: the database fails.
    """
    report = Report() if report is None else report
    prepare(session, load_model())
    run = this_run(started or now())
    write_run(session, run)
    job = Load(
        session=session,
        run=run,
        journal=journal,
        stop=stop or threading.Event(),
        on_page=on_page,
        report=report,
    )
    found = extractor(job.unknown(job.readable(pages)))
    with counted_retries(report.retries):
        for written in write_pages(session, job.extracted(found), run, batch_rows=batch_rows):
            report.pages += len(written.pages)
            report.articles += written.articles
            report.new_articles += written.new_articles
            job.remember(written.pages)
            LOGGER.info(
                "batch written",
                extra={
                    "pages": report.pages,
                    "articles": report.articles,
                    "statements": report.statements,
                },
            )
        job.clean()
    report.stopped = job.stop.is_set()
    return report
