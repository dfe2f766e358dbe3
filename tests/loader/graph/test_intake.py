"""What a load keeps track of: pages known, skipped and written, and where they stood."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from loader.extract.extraction import page_record
from loader.extract.extractors import Extracted
from loader.graph.intake import Intake
from loader.pages import Page, SkippedPage
from ontology.records import ExtractedPage, PageRecord


def page(name: str, text: str = "") -> Page:
    return Page(
        name=name,
        location=f"/pages/{name}",
        sha256=sha256((text or name).encode()).hexdigest(),
        media_type="text/plain",
        text=text or name,
    )


def skipped(name: str) -> SkippedPage:
    return SkippedPage(name=name, location=name, reason="empty", message=f"{name}: empty")


def empty(item: Page) -> ExtractedPage:
    return ExtractedPage(page=page_record(item), articles=())


def place(name: str) -> str:
    return str(Path(f"/pages/{name}").absolute())


class Tracked:
    """An intake that knows the pages called so, with what it was told and told others."""

    def __init__(self, *known: str, look_ahead: int = 2) -> None:
        self.known = known
        self.noted: list[tuple[str, str]] = []
        self.done: list[str] = []
        self.asked: list[int] = []
        self.intake = Intake(
            known=self._are_known,
            note=self.noted.extend,
            on_page=self.done.append,
            look_ahead=look_ahead,
        )

    def _are_known(self, records: Sequence[PageRecord]) -> list[bool]:
        self.asked.append(len(records))
        return [record.name in self.known for record in records]


def test_known_and_skipped_pages_are_counted_and_passed_over() -> None:
    tracked = Tracked("b", "c")
    given: list[Page | SkippedPage] = [page("a"), skipped("x"), page("b"), page("c"), page("d")]
    assert [item.name for item in tracked.intake.new_pages(given)] == ["a", "d"]
    assert tracked.asked == [2, 2]
    assert tracked.intake.report.known == 2
    assert [item.name for item in tracked.intake.report.skipped] == ["x"]
    assert tracked.done == ["x", "b", "c"]
    assert [where for where, _ in tracked.noted] == [place("b"), place("c")]


def test_where_a_page_stood_is_told_once_it_is_written_and_not_before() -> None:
    tracked = Tracked()
    one, copy = page("a", "same"), page("b", "same")
    key = page_record(one).id
    new = tracked.intake.new_pages([one, copy, page("c")])
    found = tracked.intake.extracted(map(empty, new))
    assert [item.page.name for item in found] == ["a", "b", "c"]
    assert not tracked.noted
    tracked.intake.written([key], articles=2, new_articles=1)
    assert tracked.noted == [(place("a"), key), (place("b"), key)]
    report = tracked.intake.report
    assert (report.pages, report.articles, report.new_articles) == (1, 2, 1)


def test_a_page_that_cannot_be_extracted_is_skipped_and_stands_nowhere() -> None:
    tracked = Tracked()

    def failing(pages: Iterator[Page]) -> Iterator[Extracted]:
        for item in pages:
            yield skipped(item.name)

    found = tracked.intake.extracted(failing(tracked.intake.new_pages([page("a")])))
    assert not list(found)
    assert [item.name for item in tracked.intake.report.skipped] == ["a"]
    assert not tracked.noted


def test_at_a_stop_no_page_is_let_in_and_extraction_is_ended() -> None:
    tracked, ended = Tracked(look_ahead=1), []

    def extracting(pages: Iterator[Page]) -> Iterator[Extracted]:
        try:
            yield from map(empty, pages)
        finally:
            ended.append(True)

    found = tracked.intake.extracted(extracting(tracked.intake.new_pages(map(page, "abcdef"))))
    assert next(found).page.name == "a"
    tracked.intake.stop.set()
    assert not list(found)
    assert ended


def test_records_of_others_are_passed_over_where_they_are_known() -> None:
    tracked = Tracked("b")
    records = [(["/x/a"], empty(page("a"))), (["/x/b", "/y/b"], empty(page("b")))]
    (found,) = tracked.intake.extracted(tracked.intake.new_records([*records, ((), skipped("x"))]))
    assert found.page.name == "a"
    assert [where for where, _ in tracked.noted] == ["/x/b", "/y/b"]
    assert tracked.intake.places_of(found.page.id) == ["/x/a"]
    assert [item.name for item in tracked.intake.report.skipped] == ["x"]
