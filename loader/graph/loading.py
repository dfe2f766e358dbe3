"""Load pages: read, extract, write, and say what came of it."""

import logging
import threading
from collections.abc import Iterable
from datetime import datetime

from neo4j import Session

from loader.extract.extraction import now, this_run
from loader.extract.extractors import Extractor
from loader.graph.intake import Intake, OnPage, Report
from loader.graph.journal import Journal
from loader.graph.removing import remove_displaced
from loader.graph.retrying import counted_retries
from loader.graph.schema import prepare
from loader.graph.writer import BATCH_ROWS, loaded_pages, write_pages, write_run
from loader.pages import Page, SkippedPage
from ontology.model import load_model

LOGGER = logging.getLogger(__name__)


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
    intake = Intake(
        known=lambda records: loaded_pages(session, run, records),
        note=journal.record if journal is not None else None,
        report=report,
        on_page=on_page,
        stop=stop or threading.Event(),
    )
    found = extractor(intake.new_pages(pages))
    with counted_retries(report.retries):
        for written in write_pages(session, intake.extracted(found), run, batch_rows=batch_rows):
            intake.written(
                written.pages, articles=written.articles, new_articles=written.new_articles
            )
            LOGGER.info(
                "batch written",
                extra={
                    "pages": report.pages,
                    "articles": report.articles,
                    "statements": report.statements,
                },
            )
        if journal is not None and not intake.stop.is_set():
            # All places have been seen, so what no place holds any more can go.
            for removed in remove_displaced(journal, session):
                report.replaced += removed
    report.stopped = intake.stop.is_set()
    return report
