"""Track the pages of a load: which are known, what became of each, where it stood, when to stop."""

import logging
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from loader.extract.extraction import page_record
from loader.extract.extractors import Extracted
from loader.graph.journal import place_of
from loader.graph.retrying import Retries
from loader.pages import Page, SkippedPage
from ontology.records import ExtractedPage, PageRecord

LOGGER = logging.getLogger(__name__)

_LOOK_AHEAD = 200

OnPage = Callable[[str], None]
"""Called with a page's name when it has been read, known or skipped."""
Known = Callable[[Sequence[PageRecord]], Sequence[bool]]
"""Says of each of some pages whether it need not be read again."""
Places = Iterable[tuple[str, str]]
"""Where pages stand: each place with the id of the page there."""


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


@dataclass(slots=True, kw_only=True)
class Intake:
    """Tracks the pages of one load, whatever it loads into.

    Attributes:
        known: Asked which pages are there already; by default none is.
        note: Told where pages stood that are there now: known ones, and those that were written.
        report: What is counted.
        on_page: Told the name of each page that is done with.
        stop: Once it is set, no more pages are let in.
        look_ahead: How many pages are looked up at once.
    """

    known: Known | None = None
    note: Callable[[Places], None] | None = None
    report: Report = field(default_factory=Report)
    on_page: OnPage = lambda name: None
    stop: threading.Event = field(default_factory=threading.Event)
    look_ahead: int = _LOOK_AHEAD
    _places: dict[str, list[str]] = field(default_factory=dict)
    _statements: dict[str, int] = field(default_factory=dict)

    def readable(self, pages: Iterable[Page | SkippedPage]) -> Iterator[Page]:
        """Yield the pages that could be read, until the load is asked to stop."""
        for page in pages:
            if self.stop.is_set():
                return
            if isinstance(page, SkippedPage):
                self.skip(page)
            else:
                yield page

    def new_pages(self, pages: Iterable[Page | SkippedPage]) -> Iterator[Page]:
        """Yield the pages that could be read and are not known."""
        remaining = self.readable(pages)
        while chunk := list(islice(remaining, self.look_ahead)):
            records = [page_record(page) for page in chunk]
            for page, record in zip(chunk, records, strict=True):
                self._places.setdefault(record.id, []).append(place_of(page))
            known = self._are_known(records)
            for page, is_known in zip(chunk, known, strict=True):
                if not is_known:
                    yield page

    def new_records(
        self, records: Iterable[tuple[Sequence[str], Extracted]]
    ) -> Iterator[Extracted]:
        """Yield, of what others extracted, each with its places, what is not known."""
        for places, found in records:
            if self.stop.is_set():
                return
            if isinstance(found, ExtractedPage):
                self._places.setdefault(found.page.id, []).extend(places)
                if any(self._are_known([found.page])):
                    continue
            yield found

    def extracted(self, found: Iterator[Extracted]) -> Iterator[ExtractedPage]:
        """Yield the pages that could be extracted, until the load is asked to stop."""
        for page in found:
            if isinstance(page, SkippedPage):
                self.skip(page)
            else:
                found_here = sum(len(item.statements) for item in page.articles)
                self._statements[page.page.id] = found_here
                self.on_page(page.page.name)
                LOGGER.info("page extracted", extra={"page": page.page.name})
                yield page
            if self.stop.is_set():
                if isinstance(found, Generator):
                    found.close()  # workers end now, not when the garbage is collected
                return

    def written(self, pages: Iterable[str], *, articles: int, new_articles: int) -> None:
        """Count the pages with these ids and their articles, and note where they stood."""
        ids = list(pages)
        self.report.pages += len(ids)
        self.report.statements += sum(self._statements.pop(name, 0) for name in ids)
        self.report.articles += articles
        self.report.new_articles += new_articles
        self._note(ids)

    def skip(self, page: SkippedPage) -> None:
        """Report a page that is not loaded."""
        LOGGER.info("page skipped", extra={"page": page.location, "reason": page.reason})
        self.report.skipped.append(page)
        self.on_page(page.name)

    def places_of(self, page: str) -> list[str]:
        """Where the page with this id stood, as far as nobody was told yet."""
        return self._places.pop(page, [])

    def _are_known(self, records: Sequence[PageRecord]) -> Sequence[bool]:
        known = self.known(records) if self.known is not None else [False] * len(records)
        passed = [record for record, is_known in zip(records, known, strict=True) if is_known]
        self.report.known += len(passed)
        for record in passed:
            self.on_page(record.name)
        self._note(record.id for record in passed)
        return known

    def _note(self, pages: Iterable[str]) -> None:
        places = [(place, page) for page in pages for place in self.places_of(page)]
        if self.note is not None and places:
            self.note(places)
