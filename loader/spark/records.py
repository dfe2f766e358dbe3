"""Records between machines: as JSON in the columns of data frames, and in files of Parquet.

Nothing is null in them: what is not there is the empty string.
"""

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from loader.bulk import BulkError
from loader.pages import Page, SkippedPage, Source
from loader.writer import ExtractedPage

SOURCES = "source string, path string, skipped string"
"""A file to read, as a ``Source`` and a path; or a ``SkippedPage``."""
PAGES = "key string, page string, skipped string"
"""A ``Page`` by its hash; or a ``SkippedPage`` by its place."""
RECORDS = (
    "page string, places array<string>, state string, record string, articles long, statements long"
)
"""What came of a page, by its id and where it stood: ``extracted`` with its ``ExtractedPage``,
``skipped`` with its ``SkippedPage``, or ``known``."""
SHARED = "id string, kind string, row string"
"""A node that articles share: a row of a write statement."""
WRITTEN = "rows long"
"""How many rows a worker has written."""

_ROWS = 64


@cache
def sources() -> TypeAdapter[Source]:
    """How sources are spelled."""
    return TypeAdapter(Source)


@cache
def pages() -> TypeAdapter[Page]:
    """How pages are spelled."""
    return TypeAdapter(Page)


@cache
def skipped_pages() -> TypeAdapter[SkippedPage]:
    """How skipped pages are spelled."""
    return TypeAdapter(SkippedPage)


@cache
def extracted_pages() -> TypeAdapter[ExtractedPage]:
    """How a page's records are spelled."""
    return TypeAdapter(ExtractedPage)


def read_records(folder: Path) -> Iterator[tuple[list[str], ExtractedPage | SkippedPage]]:
    """Yield what came of pages, and where they stood, from the Parquet files of ``folder``.

    Raises:
        BulkError: there are no records, not all of them yet, or they cannot be read.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise BulkError("records are read by pyarrow; install newsgraph[spark]")
    from pyarrow import ArrowException, parquet

    if not (folder / "_SUCCESS").exists():
        raise BulkError(
            f"{folder} holds no finished records; write them by newsgraph spark --records {folder}"
        )

    for path in sorted(folder.glob("*.parquet")):
        try:
            with parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS, columns=["places", "state", "record"]):
                    for row in batch.to_pylist():
                        extracted = row["state"] == "extracted"
                        spelling = extracted_pages() if extracted else skipped_pages()
                        yield row["places"], spelling.validate_json(row["record"])
        except (ArrowException, ValidationError) as error:
            said = " ".join(str(error).split())[:300]
            raise BulkError(
                f"{path} cannot be read as records ({said}); write them again by"
                f" newsgraph spark --records {folder}"
            ) from error
