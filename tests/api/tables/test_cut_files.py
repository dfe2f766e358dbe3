"""A file that was cut short cannot be read as if it were whole, where its format allows."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.tables.formats import TABLE_FORMATS, write_zip
from api.tables.sheet import Sheet, Tally
from queries.saving import packed
from tests.api.tables.conftest import made_up


def _parquet(data: bytes) -> Any:
    parquet = pytest.importorskip("pyarrow.parquet")
    return parquet.read_table(io.BytesIO(data)).num_rows


def _archive(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.testzip()


def _written(name: str) -> Callable[[Sheet], Iterator[bytes]]:
    return lambda sheet: TABLE_FORMATS[name].write([sheet], Tally())


WAYS: list[tuple[str, Callable[[Sheet], Iterator[bytes]], Callable[[bytes], Any]]] = [
    ("parquet", _written("parquet"), _parquet),
    ("xlsx", _written("xlsx"), _archive),
    ("json", _written("json"), json.loads),
    ("csv.gz", lambda sheet: packed(_written("csv")(sheet)), gzip.decompress),
    ("jsonl.gz", lambda sheet: packed(_written("jsonl")(sheet)), gzip.decompress),
    ("zip", lambda sheet: write_zip(TABLE_FORMATS["csv"], [sheet], Tally()), _archive),
]


@pytest.mark.parametrize(("name", "write", "read"), WAYS, ids=[way[0] for way in WAYS])
def test_a_cut_file_cannot_be_read(
    name: str, write: Callable[[Sheet], Iterator[bytes]], read: Callable[[bytes], Any]
) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    whole = b"".join(write(made_up(*(f"{number:x} said so" for number in range(5_000)))))
    read(whole)
    cuts = {len(whole) * part // 20 for part in range(1, 20)} | {len(whole) - n for n in (2, 9, 30)}
    for cut in sorted(cuts):
        with pytest.raises(Exception, match=r"."):  # each reader has errors of its own
            read(whole[:cut])
