"""Ways to turn pages into records: here, in this process; in ``loader.extract.workers``, in others.

A page that raises is set aside with its reason; the pages around it are read.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.language import Language

from loader.extract.extraction import extract
from loader.pages import Page, SkippedPage, SkipReason
from ontology.records import ExtractedPage

LOGGER = logging.getLogger(__name__)

Extracted = ExtractedPage | SkippedPage
Extractor = Callable[[Iterable[Page]], Iterator[Extracted]]
"""Gives for each page its records or why there are none, in any order."""
OpenPipeline = Callable[[], Language]
"""``load_pipeline``; for worker processes, a function that can be pickled."""

TASK_PAGES = 8
TASK_CHARACTERS = 60_000
"""What is read together: enough to fill the parser's batches, little enough to do over."""


@dataclass(frozen=True, slots=True)
class InProcess:
    """An extractor in this process; the model is loaded when there is a page to read."""

    open_pipeline: OpenPipeline

    def __call__(self, pages: Iterable[Page]) -> Iterator[Extracted]:
        """Yield what is on ``pages``, in order."""
        nlp: Language | None = None
        for task in tasks(pages):
            nlp = nlp or self.open_pipeline()
            yield from extract_task(nlp, task)


def extract_task(nlp: Language, pages: list[Page]) -> Iterator[Extracted]:
    """Yield what is on ``pages``; if they cannot be read together, each is read alone.

    Any error counts against its page only: in millions of pages there is one for every bug.
    """
    try:
        found = list(extract(nlp, pages))
    except MemoryError:
        raise
    except Exception as error:
        if len(pages) > 1:
            for page in pages:
                yield from extract_task(nlp, [page])
        else:
            LOGGER.warning("cannot read %s", pages[0].location, exc_info=True)
            yield set_aside(
                pages[0],
                "failed",
                f"extraction failed ({_said(error)}); please report this as a bug",
            )
    else:
        yield from found


def tasks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    """Group ``pages``, in order, into what is read together."""
    remaining = iter(pages)
    while task := list(islice(remaining, 1)):
        size = len(task[0].text)
        while len(task) < TASK_PAGES and size < TASK_CHARACTERS:
            page = next(remaining, None)
            if page is None:
                break
            task.append(page)
            size += len(page.text)
        yield task


def set_aside(page: Page, reason: SkipReason, why: str) -> SkippedPage:
    """Return the report of a page that could not be extracted."""
    return SkippedPage(
        name=page.name, location=page.location, reason=reason, message=f"{page.location}: {why}"
    )


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__
