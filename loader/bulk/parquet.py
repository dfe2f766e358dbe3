"""Read the records that ``newsgraph spark --records`` wrote to Parquet."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from loader.bulk.importer import BulkError
from loader.extract.serialization import extracted_pages, skipped_pages
from loader.pages import SkippedPage
from ontology.records import ExtractedPage

_ROWS = 64


def read_records(folder: Path) -> Iterator[tuple[list[str], ExtractedPage | SkippedPage]]:
    """Yield what came of pages, and where they stood, from the Parquet files of ``folder``.

    Raises:
        BulkError: there are no records, not all of them yet, or they cannot be read.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise BulkError("Reading records requires pyarrow; install newsgraph[spark].")
    from pyarrow import ArrowException, parquet

    if not (folder / "_SUCCESS").exists():
        raise BulkError(
            f"{folder} contains no complete records; write them with `newsgraph spark --records "
            f"{folder}`."
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
                f"{path} cannot be read as records ({said}); write them again with `newsgraph "
                f"spark --records {folder}`."
            ) from error
