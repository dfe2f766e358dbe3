"""Extraction in worker processes: the same records, whatever pages do to their workers."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from loader.extract.extractors import Extracted, tasks
from loader.extract.pipeline import load_pipeline
from loader.extract.worker import PageLimits
from loader.extract.workers import LONG_CHARACTERS, Guarded, WorkerError, Workers
from loader.pages import Page, SkippedPage, read
from ontology.records import ExtractedPage
from tests.loader.extract.odd_pipelines import load_nothing, load_odd_pipeline

STORY = "“The dam will hold,” said Ada Byron, an engineer. “We checked it,” she said."
LIMITS = PageLimits(seconds=3, memory=1_000_000_000)


def page(number: int, text: str = STORY) -> Page:
    text = f"{text}\n\nStory {number} of many was printed in Kenya."
    return Page(
        name=f"{number}.txt",
        location=f"pages/{number}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    once = tmp_path_factory.mktemp("workers") / "died"
    odd = ["die", f"die-once={once}", "raise", "run", "hoard"]
    found = [page(number) for number in range(20)]
    for number, word in enumerate(odd):
        found.insert(4 * number, page(100 + number, f"{word}\n\n{STORY}"))
    return found


@pytest.fixture(scope="module")
def outcome(pages: list[Page]) -> list[Extracted]:
    """All pages through two workers that meet every kind of trouble."""
    return list(Workers(load_odd_pipeline, 2, LIMITS)(iter(pages)))


def test_workers_find_what_one_process_finds(
    seeds: Path, seed_pages: tuple[ExtractedPage, ...]
) -> None:
    pages = [each for each in read([seeds]) if isinstance(each, Page)]
    found = list(Workers(load_pipeline, 2)(pages))
    assert sorted(map(repr, found)) == sorted(map(repr, seed_pages))


def test_every_page_comes_out_exactly_once(outcome: list[Extracted], pages: list[Page]) -> None:
    names = [item.page.name if isinstance(item, ExtractedPage) else item.name for item in outcome]
    assert sorted(names) == sorted(each.name for each in pages)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("100.txt", "crashed"), ("102.txt", "failed"), ("103.txt", "slow"), ("104.txt", "memory")],
)
def test_a_page_that_harms_its_worker_is_set_aside_with_its_reason(
    outcome: list[Extracted], name: str, reason: str
) -> None:
    (skipped,) = [i for i in outcome if isinstance(i, SkippedPage) and i.name == name]
    assert skipped.reason == reason
    assert skipped.message.startswith(f"pages/{name}: ")


def test_a_worker_killed_once_costs_no_page(outcome: list[Extracted]) -> None:
    assert [i for i in outcome if isinstance(i, ExtractedPage) and i.page.name == "101.txt"]
    assert sum(isinstance(item, SkippedPage) for item in outcome) == 4


def test_a_long_page_is_held_to_the_limits_where_no_workers_are() -> None:
    filler = "\n\n".join([STORY] * (LONG_CHARACTERS // len(STORY)))
    pages = [page(1), page(2, f"run\n\n{filler}"), page(3), page(4, filler)]
    found = list(Guarded(load_odd_pipeline, LIMITS)(iter(pages)))
    told = [i.page.name if isinstance(i, ExtractedPage) else i.reason for i in found]
    assert told == ["1.txt", "slow", "3.txt", "4.txt"]


def test_closing_ends_the_workers_at_once() -> None:
    def forever() -> Iterator[Page]:
        number = 0
        while True:
            yield page(number := number + 1)

    pool = Workers(load_odd_pipeline, 1)(forever())
    next(pool)
    workers = [child for child in psutil.Process().children(recursive=True) if _is_worker(child)]
    assert workers
    pool.close()  # type: ignore[attr-defined]
    assert not [worker for worker in workers if worker.is_running()]


def test_workers_that_cannot_start_are_an_error() -> None:
    with pytest.raises(WorkerError, match="--workers 0"):
        list(Workers(load_nothing, 1)([page(1)]))


def test_pages_are_read_one_task_ahead_at_most() -> None:
    taken = 0

    def counted() -> Iterator[Page]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield page(number)

    first = next(tasks(counted()))
    assert taken == len(first) < 20


def _is_worker(process: psutil.Process) -> bool:
    parent = process.parent()
    return parent is not None and "multiprocessing" in " ".join(parent.cmdline())
