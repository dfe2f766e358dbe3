"""Records between machines: as JSON in the columns of data frames, and in files of Parquet.

Nothing is null in them: what is not there is the empty string.
"""

from functools import cache

from pydantic import TypeAdapter

from loader.pages import Page, Source

SOURCES = "source string, path string, skipped string"
"""A file to read, as a ``Source`` and a path; or a ``SkippedPage``."""
PAGES = "key string, page string, skipped string"
"""A ``Page`` by its hash; or a ``SkippedPage`` by its place."""
RECORDS = (
    "page string, places array<string>, state string, record string, articles long, statements long"
)
"""What came of a page, by its id and where it stood: ``extracted`` with its ``ExtractedPage``,
``skipped`` with its ``SkippedPage``, or ``known``."""
SHARED = "id string, label string, row string"
"""A node that articles share, with its properties."""
WRITTEN = "rows long"
"""How many rows a worker has written."""


@cache
def sources() -> TypeAdapter[Source]:
    """How sources are spelled."""
    return TypeAdapter(Source)


@cache
def pages() -> TypeAdapter[Page]:
    """How pages are spelled."""
    return TypeAdapter(Page)
