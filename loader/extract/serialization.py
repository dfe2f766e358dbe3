"""How what was found on a page is spelled as JSON, wherever it is kept or sent.

Everything follows from the fields of the records: a field that is added to one is written and read
without a word here. ``docs/records.md`` describes the result.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from loader.pages import SkippedPage
from ontology.records import ArticleRecord, ExtractedPage

_LINE_ENDS = (("\x85", b"\\u0085"), ("\u2028", b"\\u2028"), ("\u2029", b"\\u2029"))
"""What JSON leaves as it is, although many readers end a line there."""


class RecordsError(Exception):
    """What should be records cannot be read; the message says where, and what to do."""


@cache
def skipped_pages() -> TypeAdapter[SkippedPage]:
    """How skipped pages are spelled."""
    return TypeAdapter(SkippedPage)


@cache
def extracted_pages() -> TypeAdapter[ExtractedPage]:
    """How a page's records are spelled."""
    return TypeAdapter(ExtractedPage)


@cache
def articles() -> TypeAdapter[ArticleRecord]:
    """How an article's record is spelled."""
    return TypeAdapter(ArticleRecord)


def article_line(article: ArticleRecord) -> bytes:
    """``article`` as one line of UTF-8, its end included; the page's name comes first, as ``file``.

    No reader takes a part of it for a line, whatever ends lines for it.
    """
    fields = {"file": article.page.name, **articles().dump_python(article, mode="json")}
    line = to_json(fields)
    for character, escape in _LINE_ENDS:
        line = line.replace(character.encode(), escape)
    return line + b"\n"


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[ArticleRecord]:
    """Yield the articles of ``lines``, as ``article_line`` writes them; empty ones are passed over.

    Raises:
        RecordsError: a line is no article's record; the message has its number, and ``name``.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield articles().validate_json(line)
        except ValidationError as error:
            said = " ".join(str(error).split())[:200]
            raise RecordsError(
                f"line {number} of {name} is no article's record ({said}); write it again with"
                " newsgraph extract"
            ) from error
