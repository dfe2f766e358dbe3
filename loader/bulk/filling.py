"""Fill a stage with what is on pages; what it holds already is passed over."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loader.bulk.staging import Stage
from loader.extract.extraction import page_record
from loader.extract.extractors import Extracted, Extractor
from loader.graph.journal import place_of
from loader.graph.loading import Report
from loader.pages import Page, SkippedPage
from ontology.records import ExtractedPage


@dataclass(slots=True, kw_only=True)
class Staging:
    """One filling of a stage, in its parts."""

    stage: Stage
    stop: threading.Event
    on_page: Callable[[str], None]
    report: Report
    _places: list[tuple[str, str]] = field(default_factory=list)

    def fill(
        self, pages: Iterable[Page | SkippedPage], extractor: Extractor
    ) -> list[tuple[str, str]]:
        """Stage ``pages``; return the place and the id of each, for the journal."""
        self._add(extractor(self._unknown(pages)))
        return self._places

    def fill_records(
        self, records: Iterable[tuple[Sequence[str], Extracted]]
    ) -> list[tuple[str, str]]:
        """Stage what other machines found on pages, each with its places; return these."""
        self._add(self._unstaged(records))
        return self._places

    def _add(self, found: Iterator[Extracted]) -> None:
        for batch in self.stage.add(self._extracted(found)):
            self.report.pages += len(batch)
            self.report.articles += sum(len(page.articles) for page in batch)
        self.report.new_articles = self.report.articles
        self.report.stopped = self.stop.is_set()

    def _unstaged(self, records: Iterable[tuple[Sequence[str], Extracted]]) -> Iterator[Extracted]:
        for places, found in records:
            if self.stop.is_set():
                return
            if isinstance(found, ExtractedPage):
                self._places.extend((place, found.page.id) for place in places)
                if self.stage.holds(found.page):
                    self.report.known += 1
                    self.on_page(found.page.name)
                    continue
            yield found

    def _unknown(self, pages: Iterable[Page | SkippedPage]) -> Iterator[Page]:
        for page in pages:
            if self.stop.is_set():
                return
            if isinstance(page, SkippedPage):
                self._skip(page)
                continue
            record = page_record(page)
            self._places.append((place_of(page), record.id))
            if self.stage.holds(record):
                self.report.known += 1
                self.on_page(page.name)
            else:
                yield page

    def _extracted(self, found: Iterator[Extracted]) -> Iterator[ExtractedPage]:
        for page in found:
            if isinstance(page, SkippedPage):
                self._skip(page)
                continue
            self.report.statements += sum(len(item.statements) for item in page.articles)
            self.on_page(page.page.name)
            yield page

    def _skip(self, page: SkippedPage) -> None:
        self.report.skipped.append(page)
        self.on_page(page.name)
