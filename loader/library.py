"""Pages for Python: what ``newsgraph.extract`` and ``newsgraph.load`` do.

Imports are inside the functions, so that ``import newsgraph`` is light.
"""

import dataclasses
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ontology.records import ArticleRecord, ExtractedPage
from queries.errors import one_error
from queries.rows import Rows

if TYPE_CHECKING:
    from pandas import DataFrame
    from spacy.language import Language

    from loader.extract.extractors import Extracted, Extractor
    from loader.graph.loading import Report
    from loader.inputs import Reader
    from loader.pages import Page, SkippedPage

Input = str | PathLike[str]


class SkippedPageWarning(UserWarning):
    """A page was not read; the message names it, and says why and what to do."""


class Articles(Iterator[ArticleRecord]):
    """Articles, one after another, from :func:`extract` or :func:`read_records`.

    They can be gone through once; ``list(…)`` keeps them.

    Attributes:
        skipped: The pages that could not be read, of those that were reached.

    Example:
        >>> articles = newsgraph.extract("seeds/")
        >>> first = next(articles)
        >>> frame = articles.to_pandas()  # the statements of the others
    """

    def __init__(self, found: Iterator["Extracted"]) -> None:
        self.skipped: list[SkippedPage] = []
        self._articles = self._read(found)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> ArticleRecord:
        return next(self._articles)

    def rows(self) -> Rows:
        """A row for each statement of the articles that are left.

        It has the fields of the statement, its ``speaker`` by name, and its ``article`` with that
        article's ``id``, ``page``, ``url``, ``title``, ``published``, ``outlet`` and ``authors``.
        """
        return Rows(row for article in self for row in _statement_rows(article))

    def to_pandas(self) -> "DataFrame":
        """The same as a ``pandas.DataFrame``: a row a statement, a column a field.

        Raises:
            ImportError: pandas is not installed.
        """
        return self.rows().to_pandas()

    def __repr__(self) -> str:
        return f"<Articles, with {len(self.skipped)} pages skipped so far>"

    def _read(self, found: Iterator["Extracted"]) -> Iterator[ArticleRecord]:
        for page in found:
            if isinstance(page, ExtractedPage):
                yield from page.articles
            else:
                self.skipped.append(page)
                warnings.warn(page.message, SkippedPageWarning, stacklevel=3)


def extract(
    source: Input | Iterable[Input] | Mapping[str, str], /, *, workers: int = 0
) -> Articles:
    r"""Find the articles on pages, with their statements, sources, entities and spans.

    Nothing is written, and no database is needed. Pages are read as the articles are asked for.

    Args:
        source: What to read, or several of it. A ``str`` is a path where there is such a file or
            folder, a pattern of paths, an address (``https://…``), or else the text itself. A
            ``Path`` is always a path. A mapping holds texts by their names, which is what their
            records have as ``article.page.name``; other texts are called ``text``, or ``text#1``
            and so on by their places.
        workers: Processes that read; 0 reads here, and in order. A script that asks for some does
            so under ``if __name__ == "__main__":``.

    Raises:
        FileNotFoundError: there is no such file or folder.
        TypeError: it is nothing of these.
        Error: the worker processes fail.

    Warns:
        SkippedPageWarning: a page cannot be read; the others are. See ``skipped`` of the result.

    Example:
        >>> text = "Dam will hold\n\n“The dam will hold,” said engineer Bo Ek of Kenya."
        >>> article = next(newsgraph.extract(text))
        >>> statement = article.statements[0]
        >>> article.speaker(statement), statement.text
        ('Bo Ek', '“The dam will hold,”')
    """
    from loader.inputs import readers

    return Articles(_extracted(readers(source), workers))


def read_records(path: Input) -> Articles:
    """Read what ``newsgraph extract -o FILE`` wrote.

    Raises:
        FileNotFoundError: there is no such file.
        Error: a line is no record; those before it have been given.

    Example:
        >>> for article in newsgraph.read_records("records.jsonl"):
        ...     print(article.title)
    """
    from loader.inputs import existing

    return Articles(_recorded(existing(Path(path))))


def load(
    paths: Input | Iterable[Input],
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    since: date | None = None,
    workers: int = 0,
    progress: bool = False,
    uri: str | None = None,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> "Report":
    """Load pages into the graph. What was loaded before is passed over.

    A page that has changed where it lies replaces what it said. Ctrl-C ends a load well: what was
    read is committed, and the same call goes on from there.

    Args:
        paths: Files, folders, patterns or addresses.
        include: Patterns; only pages whose name matches one are loaded.
        exclude: Patterns; pages whose name matches one are not loaded.
        since: Only pages that are dated since this day.
        workers: Processes that read; 0 reads here. A script that asks for some does so under
            ``if __name__ == "__main__":``.
        progress: Whether to show a bar on stderr.
        uri: The Neo4j to load into; see :func:`connect` for it and the next three.
        user: Its user.
        password: Its password.
        database: Its database.

    Returns:
        What the load came to: counts of ``pages``, ``articles`` and ``statements``, and the
        ``skipped`` pages.

    Raises:
        FileNotFoundError: there is no such file or folder.
        Error: the database cannot be used, or fails; the message says what to do.

    Warns:
        SkippedPageWarning: a page cannot be read; the others are loaded.

    Example:
        >>> report = newsgraph.load("seeds/")
        >>> report.pages, report.skipped
        (4, [])
    """
    from loader.graph.loading import Report
    from loader.inputs import places
    from loader.jobs import load_pages
    from loader.pages import Choice
    from queries.access import opened_quietly, read_settings

    names = places(paths)
    choice = Choice(include=tuple(include), exclude=tuple(exclude), since=since)
    settings = read_settings(uri=uri, user=user, password=password, database=database)
    report = Report()
    try:
        with one_error(), opened_quietly(settings) as opened, opened.session() as session:
            load_pages(
                session,
                names,
                _extractor(workers),
                report,
                home=settings.home,
                choice=choice,
                progress=progress,
            )
    finally:
        for page in report.skipped:
            warnings.warn(page.message, SkippedPageWarning, stacklevel=2)
    if report.stopped:
        raise KeyboardInterrupt
    return report


def _extracted(readers: Iterable["Reader"], workers: int) -> Iterator["Extracted"]:
    from loader.pages import SkippedPage

    aside: list[SkippedPage] = []

    def readable() -> Iterator["Page"]:
        for read in readers:
            for page in read():
                if isinstance(page, SkippedPage):
                    aside.append(page)
                else:
                    yield page

    with one_error():
        for found in _extractor(workers)(readable()):
            while aside:
                yield aside.pop(0)
            yield found
        yield from aside


def _extractor(workers: int) -> "Extractor":
    from loader.extract.extractors import InProcess
    from loader.extract.pipeline import load_pipeline
    from loader.extract.workers import Workers

    return Workers(load_pipeline, workers) if workers else InProcess(_pipeline)


@cache
def _pipeline() -> "Language":
    """The pipeline of this process: it takes a second to load."""
    from loader.extract.pipeline import load_pipeline

    return load_pipeline()


def _recorded(path: Path) -> Iterator["Extracted"]:
    from loader.extract.serialization import read_lines

    with one_error(), path.open("rb") as lines:
        for article in read_lines(lines, str(path)):
            yield ExtractedPage(page=article.page, articles=(article,))


def _statement_rows(article: ArticleRecord) -> Iterator[dict[str, Any]]:
    outlet = article.entity(article.outlet)
    about = {
        "id": article.id,
        "page": article.page.name,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "outlet": outlet.name if outlet else None,
        "authors": [author.name for author in article.authors],
    }
    for statement in article.statements:
        fields = dataclasses.asdict(statement)
        yield {"article": about, "speaker": article.speaker(statement), **fields}
