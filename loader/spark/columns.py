"""The columns of the data frames that Spark's machines exchange; values are JSON in them.

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
    """The JSON of sources."""
    return TypeAdapter(Source)


@cache
def pages() -> TypeAdapter[Page]:
    """The JSON of pages."""
    return TypeAdapter(Page)
