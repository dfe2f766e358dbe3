"""Fill a stage with what is on pages; what it holds already is passed over."""

import threading
from collections.abc import Iterable, Iterator, Sequence

from loader.bulk.staging import Stage
from loader.extract.extractors import Extracted, Extractor
from loader.graph.intake import Intake, OnPage, Report
from loader.pages import Page, SkippedPage

Places = list[tuple[str, str]]
"""Where each page stood, with its id: for the journal, once the stage is imported."""


class Staging:
    """Fills one stage, and counts what comes of it in ``report``.

    At ``stop`` it ends after the page in hand; ``on_page`` is told each page that is done with.
    """

    def __init__(
        self,
        *,
        stage: Stage,
        report: Report | None = None,
        on_page: OnPage = lambda name: None,
        stop: threading.Event | None = None,
    ) -> None:
        self._stage = stage
        self._places: Places = []
        self._intake = Intake(
            known=lambda records: [stage.holds(record) for record in records],
            note=self._places.extend,
            report=report or Report(),
            on_page=on_page,
            stop=stop or threading.Event(),
            look_ahead=1,
        )

    def fill(self, pages: Iterable[Page | SkippedPage], extractor: Extractor) -> Places:
        """Stage ``pages``."""
        return self._add(extractor(self._intake.new_pages(pages)))

    def fill_records(
        self, records: Iterable[tuple[Sequence[str], Extracted]], workers: int = 1
    ) -> Places:
        """Stage what other machines found on pages, each with its places, by some processes."""
        return self._add(self._intake.new_records(records), workers)

    def _add(self, found: Iterator[Extracted], workers: int = 1) -> Places:
        for batch in self._stage.add(self._intake.extracted(found), workers=workers):
            articles = sum(len(page.articles) for page in batch)
            ids = [page.page.id for page in batch]
            self._intake.written(ids, articles=articles, new_articles=articles)
        self._intake.report.stopped = self._intake.stop.is_set()
        return self._places
