"""Compare articles with the files of their pages, as far as these still stand where they were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from loader.extract.extraction import page_record
from loader.graph.journal import Journal
from loader.pages import Page, read
from loader.receipts.again import Kept
from ontology.ranges import spans


@dataclass(slots=True)
class Standing:
    """The pages of a graph as files: which were found as they were loaded, which were not.

    Attributes:
        found: How many stand unchanged where they were loaded from.
        gone: How many do not, or were loaded from elsewhere, such as standard input or the web.
    """

    journal: Journal | None
    found: int = 0
    gone: int = 0

    def differing(self, rows: Sequence[Kept]) -> dict[str, str]:
        """The articles whose text a page's file has otherwise: by id, the page's place."""
        wanted: dict[str, list[tuple[str, tuple[int, int], str]]] = {}
        for row in rows:
            for location in row["locations"] or ():
                page, _, where = str(location).partition("#")
                for span in spans([where]):
                    wanted.setdefault(page, []).append((str(row["id"]), span, str(row["text"])))
        differing: dict[str, str] = {}
        pages = self._pages(list(wanted))
        for page, articles in wanted.items():
            if page not in pages:
                self.gone += 1
                continue
            self.found += 1
            for article, (start, end), text in articles:
                if pages[page].text[start:end] != text:
                    differing[article] = pages[page].location
        return differing

    def _pages(self, ids: Sequence[str]) -> Mapping[str, Page]:
        """The pages of these ids that stand as files of their own."""
        return dict(self._read(ids)) if self.journal is not None else {}

    def _read(self, ids: Sequence[str]) -> Iterator[tuple[str, Page]]:
        if self.journal is None:
            return
        for identifier, place in self.journal.places_of(ids):
            if not Path(place).is_file():
                continue
            for page in read([place]):
                if isinstance(page, Page) and page_record(page).id == identifier:
                    yield identifier, page
