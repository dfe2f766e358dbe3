"""What Spark's workers do: the functions that one machine loads with, over frames of rows.

A step may be done twice, because Spark repeats what a lost machine had done: ids and merges make
twice the same as once.
"""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import psutil
from neo4j import Session
from spacy.language import Language

from loader.extract import serialization
from loader.extract.extractors import Extracted, extract_task, tasks
from loader.extract.pipeline import load_pipeline
from loader.extract.worker import PageLimits
from loader.extract.workers import Workers
from loader.graph.building import Nodes
from loader.graph.delta import article_delta
from loader.graph.intake import Intake
from loader.graph.shared import Row, merged_all
from loader.graph.writer import loaded_pages, shared_nodes, write_pages, write_shared
from loader.pages import Choice, Page, SkippedPage, Source
from loader.spark import columns
from ontology.model import load_model
from ontology.records import ExtractedPage, PageRecord, Run
from queries.database import connect

if TYPE_CHECKING:
    from pandas import DataFrame as Frame

Values = tuple[Any, ...]
Item = TypeVar("Item")

_FRAME_ROWS = 64
_LOOK_AHEAD = 200
_SHARED_ROWS = 5_000
_LIMITS = PageLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The database that workers write to, and the run they write for.

    ``alone`` says that no other run has written to it, so that nothing is taken away while
    articles are written, and what they share needs to be written but once.
    """

    uri: str
    user: str
    password: str
    database: str
    run: Run
    alone: bool

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session of this worker's own."""
        with (
            connect(
                self.uri, user=self.user, password=self.password, database=self.database
            ) as driver,
            driver.session(database=self.database) as session,
        ):
            yield session


def read_files(frames: Iterable["Frame"], choice: Choice) -> Iterator["Frame"]:
    """Read files: ``SOURCES`` in, ``PAGES`` out."""

    def found() -> Iterator[Page | SkippedPage]:
        for source, path, skipped in _values(frames):
            if skipped:
                yield serialization.skipped_pages().validate_json(skipped)
            else:
                yield from choice.pages_of(columns.sources().validate_json(source), Path(path))

    return _frames(map(_page_values, found()), columns.PAGES)


def read_contents(frames: Iterable["Frame"], base: str, choice: Choice) -> Iterator["Frame"]:
    """Read files that Spark fetched from below ``base``, as paths and bytes: ``PAGES`` out."""

    def found() -> Iterator[Page | SkippedPage]:
        for address, content in _values(frames):
            name = address.partition(base)[2] or address.rpartition("/")[2]
            source = Source(name=name, location=address, size=len(content))
            yield from choice.pages_of(source, io.BytesIO(content))

    return _frames(map(_page_values, found()), columns.PAGES)


def extract_pages(frames: Iterable["Frame"], target: Target | None) -> Iterator["Frame"]:
    """Extract what is on pages: ``PAGES`` in, ``RECORDS`` out."""
    return _frames(_Extraction(target).records(_values(frames)), columns.RECORDS)


def share_rows(frames: Iterable["Frame"]) -> Iterator["Frame"]:
    """Gather what articles share: records in, ``SHARED`` out, a row an id for some pages."""

    def shared() -> Iterator[Values]:
        pages, model = _extracted_pages(frames), load_model()
        while chunk := list(islice(pages, _LOOK_AHEAD)):
            articles = (article for page in chunk for article in page.articles)
            nodes = shared_nodes(article_delta(articles, model), model)
            for label, found in nodes.items():
                for identifier, row in found.items():
                    yield identifier, label, orjson.dumps(row).decode()

    return _frames(shared(), columns.SHARED)


def write_shared_rows(frames: Iterable["Frame"], target: Target) -> Iterator["Frame"]:
    """Write what articles share: ``SHARED``, sorted by id, in; each node is written once."""

    def merged() -> Iterator[tuple[str, Row]]:
        for _, group in groupby(_values(frames), itemgetter(0)):
            rows = [(label, orjson.loads(row)) for _, label, row in group]
            label = rows[0][0]
            yield label, merged_all(label, (row for _, row in rows))

    def written() -> Iterator[Values]:
        remaining = merged()
        with target.session() as session:
            while chunk := list(islice(remaining, _SHARED_ROWS)):
                nodes: Nodes = {}
                for label, row in chunk:
                    nodes.setdefault(label, {})[row["id"]] = row
                write_shared(session, nodes)
                yield (len(chunk),)

    return _frames(written(), columns.WRITTEN)


def write_articles(frames: Iterable["Frame"], target: Target) -> Iterator["Frame"]:
    """Write pages with their articles: records in."""

    def written() -> Iterator[Values]:
        pages = _extracted_pages(frames)
        with target.session() as session:
            for batch in write_pages(session, pages, target.run, shared=not target.alone):
                yield (len(batch.pages),)

    return _frames(written(), columns.WRITTEN)


class _Extraction:
    """One worker's pages on their way to records; what needs no reading is set aside as it is."""

    def __init__(self, target: Target | None) -> None:
        self._target = target
        self._known: list[tuple[str, str]] = []
        self._intake = Intake(known=self._are_known, note=self._known.extend)

    def records(self, rows: Iterator[Values]) -> Iterator[Values]:
        found = self._intake.extracted(_extracted(self._intake.new_pages(_pages(rows))))
        for page in found:
            yield from self._set_aside()
            yield self._values(page)
        yield from self._set_aside()

    def _are_known(self, pages: Sequence[PageRecord]) -> list[bool]:
        if self._target is None:
            return [False] * len(pages)
        with self._target.session() as session:
            return loaded_pages(session, self._target.run, pages)

    def _values(self, found: ExtractedPage) -> Values:
        return (
            found.page.id,
            self._intake.places_of(found.page.id),
            "extracted",
            serialization.extracted_pages().dump_json(found).decode(),
            len(found.articles),
            sum(len(article.statements) for article in found.articles),
        )

    def _set_aside(self) -> Iterator[Values]:
        for place, key in _drained(self._known):
            yield key, [place], "known", "", 0, 0
        for page in _drained(self._intake.report.skipped):
            yield _skipped_values(page)


def _drained(items: list[Item]) -> list[Item]:
    """Take all ``items`` out of their list."""
    taken = items[:]
    items.clear()
    return taken


def _pages(rows: Iterator[Values]) -> Iterator[Page | SkippedPage]:
    for _, page, skipped in rows:
        if skipped:
            yield serialization.skipped_pages().validate_json(skipped)
        else:
            yield columns.pages().validate_json(page)


def _extracted(pages: Iterator[Page]) -> Iterator[Extracted]:
    """Extract in this process; where that has failed, in one that may die of a page.

    A page that crashes, or takes longer than a page may, ends this process. Spark starts the task
    again, and a worker process sets that page aside with its reason.
    """
    from pyspark import TaskContext

    context = TaskContext.get()
    if context is not None and context.attemptNumber() > 0:
        yield from Workers(load_pipeline, 1, _LIMITS)(pages)
        return
    for task in tasks(pages):
        with _limited(len(task)):
            yield from list(extract_task(_pipeline(), task))
        if psutil.Process().memory_info().rss > _LIMITS.memory / 2:
            # The model remembers every word it has met.
            _pipeline.cache_clear()


@cache
def _pipeline() -> Language:
    """The pipeline of this worker, which Spark uses for many tasks."""
    return load_pipeline()


@contextmanager
def _limited(pages: int) -> Iterator[None]:
    """End this process if it takes longer than so many pages may; Windows has no such limit."""
    if sys.platform == "win32":
        yield
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    before = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = int(used.ru_utime + used.ru_stime + _LIMITS.seconds * pages) + 60
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


def _extracted_pages(frames: Iterable["Frame"]) -> Iterator[ExtractedPage]:
    for (record,) in _values(frames):
        yield serialization.extracted_pages().validate_json(record)


def _page_values(page: Page | SkippedPage) -> Values:
    if isinstance(page, SkippedPage):
        return page.location, "", serialization.skipped_pages().dump_json(page).decode()
    return page.sha256, columns.pages().dump_json(page).decode(), ""


def _skipped_values(page: SkippedPage) -> Values:
    return "", [], "skipped", serialization.skipped_pages().dump_json(page).decode(), 0, 0


def _values(frames: Iterable["Frame"]) -> Iterator[Values]:
    for frame in frames:
        yield from frame.itertuples(index=False, name=None)


def _frames(rows: Iterator[Values], listed: str) -> Iterator["Frame"]:
    import pandas as pd  # only where Spark is

    names = [column.split()[0] for column in listed.split(",")]
    while chunk := list(islice(rows, _FRAME_ROWS)):
        yield pd.DataFrame(chunk, columns=names)
