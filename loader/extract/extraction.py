"""Pages to records: cut, annotate, map; nothing here knows a database."""

import importlib.metadata
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from spacy.language import Language

from loader.articles import Article, split
from loader.extract.mapping import to_record
from loader.extract.pipeline import MODEL, annotate
from loader.pages import Page
from ontology import iris
from ontology.model import load_model
from ontology.records import ArticleRecord, ExtractedPage, PageRecord, Run

SOFTWARE = "newsgraph"


def extract(nlp: Language, pages: Iterable[Page]) -> Iterator[ExtractedPage]:
    """Yield each page with the records of its articles, in order.

    Articles of several pages are parsed together, which is faster; memory holds only one batch.
    """
    waiting: list[tuple[Page, int]] = []
    found: list[ArticleRecord] = []

    def articles() -> Iterator[Article]:
        for page in pages:
            parts = split(page)
            waiting.append((page, len(parts)))
            yield from parts

    def finished() -> Iterator[ExtractedPage]:
        while waiting and len(found) >= waiting[0][1]:
            page, count = waiting.pop(0)
            yield ExtractedPage(page=page_record(page), articles=tuple(found[:count]))
            del found[:count]

    for article, doc in annotate(nlp, articles()):
        yield from finished()
        found.append(to_record(doc, article))
        yield from finished()
    yield from finished()


def page_record(page: Page) -> PageRecord:
    """The page as records and the graph know it."""
    return PageRecord(
        id=iris.page_id(page.sha256), name=page.name, media_type=page.media_type, url=page.url
    )


def this_run(started: datetime) -> Run:
    """The run of this software with its model, begun at ``started`` (UTC)."""
    return Run(
        software=SOFTWARE,
        version=importlib.metadata.version(SOFTWARE),
        model=MODEL,
        ontology_version=load_model().version,
        started=started,
    )


def now() -> datetime:
    """The time a run begins, in UTC: the clock's, or what ``SOURCE_DATE_EPOCH`` sets it to.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.replace(microsecond=0)
