"""Records as JSON: the lines of ``newsgraph extract``, and the columns of Spark's data frames.

Everything follows from the fields of the dataclasses: a field added to a record is written and
read without a change here. ``docs/records.md`` describes the format.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from loader.pages import SkippedPage
from ontology.records import ArticleRecord, ExtractedPage

_LINE_ENDS = (("\x85", b"\\u0085"), ("\u2028", b"\\u2028"), ("\u2029", b"\\u2029"))
"""Characters that JSON leaves as they are, but at which many readers end a line."""


class RecordsError(Exception):
    """A file of records cannot be read; the message says where and what to do."""


@cache
def skipped_pages() -> TypeAdapter[SkippedPage]:
    """The JSON of skipped pages."""
    return TypeAdapter(SkippedPage)


@cache
def extracted_pages() -> TypeAdapter[ExtractedPage]:
    """The JSON of a page's records."""
    return TypeAdapter(ExtractedPage)


@cache
def articles() -> TypeAdapter[ArticleRecord]:
    """The JSON of an article's record."""
    return TypeAdapter(ArticleRecord)


def article_line(article: ArticleRecord) -> bytes:
    """Return ``article`` as a line of UTF-8 with its newline; ``file``, the page's name, is first.

    No other character in it ends a line, for any reader.
    """
    fields = {"file": article.page.name, **articles().dump_python(article, mode="json")}
    line = to_json(fields)
    for character, escape in _LINE_ENDS:
        line = line.replace(character.encode(), escape)
    return line + b"\n"


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[ArticleRecord]:
    """Yield the articles in ``lines``, as ``article_line`` writes them; skip empty lines.

    Raises:
        RecordsError: a line is not a record; the message has its number and ``name``.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield articles().validate_json(line)
        except ValidationError as error:
            said = " ".join(str(error).split())[:200]
            raise RecordsError(
                f"line {number} of {name} is not an article record ({said}); write the file again"
                " with newsgraph extract"
            ) from error
