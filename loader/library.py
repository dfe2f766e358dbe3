"""The Python API for reading pages: ``newsgraph.extract``, ``load`` and ``read_records``.

Imports are inside the functions, so that ``import newsgraph`` is fast.
"""

import dataclasses
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ontology.records import ArticleRecord, ExtractedPage, StatementRecord
from queries.counts import counted
from queries.errors import one_error
from queries.rows import Rows

if TYPE_CHECKING:
    from pandas import DataFrame
    from spacy.language import Language

    from loader.extract.extractors import Extracted, Extractor
    from loader.graph.intake import Report
    from loader.inputs import Reader
    from loader.pages import Page, SkippedPage
    from loader.receipts.verdicts import Verdict

Input = str | PathLike[str]


class SkippedPageWarning(UserWarning):
    """A page was skipped; the message names it and says why, and what to do."""


class Articles(Iterator[ArticleRecord]):
    """An iterator of articles, from :func:`extract` or :func:`read_records`.

    It can be iterated once; ``list(articles)`` keeps the articles.

    Attributes:
        skipped: The pages skipped so far, each with its ``reason`` and ``message``.

    Example:
        >>> articles = newsgraph.extract("seeds/")
        >>> first = next(articles)
        >>> frame = articles.to_pandas()  # the statements of the other articles
    """

    def __init__(self, found: Iterator["Extracted"]) -> None:
        self.skipped: list[SkippedPage] = []
        self._articles = self._read(found)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> ArticleRecord:
        return next(self._articles)

    def rows(self) -> Rows:
        """Return a row for each statement of the remaining articles.

        A row has the fields of the statement, the name of its ``speaker``, and its ``article``:
        ``id``, ``page``, ``url``, ``title``, ``published``, ``outlet`` and ``authors``.
        """
        return Rows(row for article in self for row in _statement_rows(article))

    def to_pandas(self) -> "DataFrame":
        """Return these rows as a ``pandas.DataFrame``.

        Raises:
            ImportError: pandas is not installed.
        """
        return self.rows().to_pandas()

    def __repr__(self) -> str:
        return f"<Articles, {counted(len(self.skipped), 'page')} skipped so far>"

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
    r"""Extract the articles on pages, with their statements, sources, entities and spans.

    No database is needed. Pages are read while you iterate.

    Args:
        source: A path, a pattern, a URL or a text, or an iterable of them. A ``Path`` is always a
            path. A ``str`` is a path if it exists, a pattern if files match it, a URL if it starts
            like one, and otherwise the text itself. A mapping holds texts by name; the name
            becomes ``article.page.name``. Other texts are named ``text``, or ``text#1``,
            ``text#2`` and so on by position.
        workers: The number of worker processes; with 0, pages are read in this process and in
            order. With workers, a script must call this under ``if __name__ == "__main__":``.

    Returns:
        An iterator of :class:`ArticleRecord`.

    Raises:
        FileNotFoundError: a file or folder does not exist.
        TypeError: the input is of another type.
        ValueError: ``workers`` is negative.
        Error: the worker processes fail.

    Warns:
        SkippedPageWarning: a page cannot be read. The other pages are; ``skipped`` of the result
            lists those that are not.

    Example:
        >>> text = "Dam will hold\n\n“The dam will hold,” said engineer Bo Ek of Kenya."
        >>> article = next(newsgraph.extract(text))
        >>> statement = article.statements[0]
        >>> article.speaker(statement), statement.text
        ('Bo Ek', '“The dam will hold,”')
    """
    from loader.inputs import readers

    return Articles(_extracted(readers(source), _extractor(workers)))


def read_records(path: Input) -> Articles:
    """Read articles from the JSON lines that ``newsgraph extract -o FILE`` wrote.

    Raises:
        FileNotFoundError: the file does not exist.
        Error: a line is not a record.

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
    """Load pages into the graph; pages that are already there are not loaded again.

    A file that has changed since it was loaded replaces its old version. On Ctrl-C, the pages read
    so far are committed; call ``load`` again to continue.

    Args:
        paths: A file, folder, pattern or URL, or an iterable of them.
        include: Patterns; load only pages whose name matches one.
        exclude: Patterns; do not load pages whose name matches one.
        since: Load only pages published on or after this day.
        workers: The number of worker processes; with 0, pages are read in this process. With
            workers, a script must call this under ``if __name__ == "__main__":``.
        progress: Whether to show a progress bar on stderr.
        uri: The Neo4j to load into, as in :func:`connect`.
        user: The user for it.
        password: The password for it.
        database: The name of the database.

    Returns:
        A report: the number of ``pages``, ``articles`` and ``statements`` loaded, the number of
        pages already ``known``, and the ``skipped`` pages.

    Raises:
        FileNotFoundError: a file or folder does not exist.
        ValueError: ``workers`` is negative.
        Error: the database cannot be used, or fails; the message says what to do.

    Warns:
        SkippedPageWarning: a page cannot be read. The other pages are loaded.

    Example:
        >>> report = newsgraph.load("seeds/")
        >>> report.pages, report.skipped
        (4, [])
    """
    from loader.graph.intake import Report
    from loader.inputs import places
    from loader.jobs import load_pages
    from loader.pages import Choice
    from queries.access import opened_quietly, read_settings

    names = places(paths)
    choice = Choice(include=tuple(include), exclude=tuple(exclude), since=since)
    settings = read_settings(uri=uri, user=user, password=password, database=database)
    extractor = _extractor(workers)
    report = Report()
    try:
        with one_error(), opened_quietly(settings) as opened, opened.session() as session:
            load_pages(
                session,
                names,
                extractor,
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


def receipt(article: ArticleRecord, statement: StatementRecord) -> dict[str, Any]:
    """Return the receipt of a statement just extracted, as JSON: see ``docs/receipts.md``.

    Args:
        article: The article.
        statement: One of its statements.

    Example:
        >>> made = newsgraph.receipt(article, article.statements[0])
        >>> made["target"][0]["selector"][1]["exact"]
        '“The dam will hold,”'
    """
    from loader.extract.extraction import now, this_run
    from ontology.receipts import place_of
    from ontology.receipts import receipt as make

    return make(statement, place_of(article), this_run(now()))


def verify(receipt: Mapping[str, Any] | Input, page: Input, /) -> "Verdict":
    """Take a receipt to the page that it was made from, and say whether it holds.

    Args:
        receipt: The receipt, or the path of its file.
        page: The path of the page's file, or of a folder or archive that holds it.

    Returns:
        The verdict: its ``status`` is ``"holds"``, ``"differs"`` or ``"unconfirmed"``;
        ``differences`` and ``messages`` say why.

    Raises:
        Error: the file is no receipt, or there is no page.

    Example:
        >>> newsgraph.verify("receipt.json", "page.html").holds
        True
    """
    from loader.extract.extraction import now, this_run
    from loader.receipts.jobs import pages_in, read_receipt
    from loader.receipts.offline import check_receipt

    with one_error():
        made = receipt if isinstance(receipt, Mapping) else read_receipt(str(receipt))
        return check_receipt(made, pages_in(str(page)), _pipeline, this_run(now()))


def _extracted(readers: Iterable["Reader"], extractor: "Extractor") -> Iterator["Extracted"]:
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
        for found in extractor(readable()):
            while aside:
                yield aside.pop(0)
            yield found
        yield from aside


def _extractor(workers: int) -> "Extractor":
    from loader.extract.extractors import InProcess
    from loader.extract.pipeline import load_pipeline
    from loader.extract.workers import Workers

    if workers < 0:
        raise ValueError(f"workers must be 0 or more, not {workers}")
    return Workers(load_pipeline, workers) if workers else InProcess(_pipeline)


@cache
def _pipeline() -> "Language":
    """The pipeline of this process, which takes a second to load."""
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
