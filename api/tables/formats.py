"""The formats that tables are written in, and files that hold several tables."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from api.tables.plain import write_csv, write_json, write_lines
from api.tables.sheet import Sheet, Tally

FormatName = Literal["csv", "jsonl", "json", "xlsx", "parquet"]
ZIP_TYPE = "application/zip"

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the first that zip knows."""


class TableError(Exception):
    """Tables cannot be written; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """A way to write tables.

    Attributes:
        name: as ``--format`` says it.
        suffixes: what the names of its files may end in, the usual one first.
        media_type: by the IANA, where it has one.
        write: writes sheets to one file; several only if it is a ``book``.
        book: whether one file holds several tables.
    """

    name: FormatName
    suffixes: tuple[str, ...]
    media_type: str
    write: Callable[[Sequence[Sheet], Tally], Iterator[bytes]]
    book: bool = False

    @property
    def extension(self) -> str:
        """What the names of its files end in, without the dot."""
        return self.suffixes[0][1:]


def _alone(
    write: Callable[[Sheet], Iterator[bytes]],
) -> Callable[[Sequence[Sheet], Tally], Iterator[bytes]]:
    def written(sheets: Sequence[Sheet], tally: Tally) -> Iterator[bytes]:
        (sheet,) = sheets
        return write(tally.counting(sheet))

    return written


TABLE_FORMATS: dict[str, TableFormat] = {
    item.name: item
    for item in (
        TableFormat(name="csv", suffixes=(".csv",), media_type="text/csv", write=_alone(write_csv)),
        TableFormat(
            name="jsonl",
            suffixes=(".jsonl", ".ndjson"),
            media_type="application/jsonl",
            write=_alone(write_lines),
        ),
        TableFormat(
            name="json",
            suffixes=(".json",),
            media_type="application/json",
            write=_alone(write_json),
        ),
    )
}


def write_zip(form: TableFormat, sheets: Sequence[Sheet], tally: Tally) -> Iterator[bytes]:
    """A zip archive with a file for each sheet: the same bytes for the same rows."""
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            entry = zipfile.ZipInfo(f"{sheet.name}{form.suffixes[0]}", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # whatever the system: the same bytes
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                for piece in form.write([sheet], tally):
                    file.write(piece)
                    if some := drain.taken():
                        yield some
    yield drain.taken()


def write_files(
    form: TableFormat, sheets: Sequence[Sheet], tally: Tally, folder: Path
) -> Iterator[tuple[Path, Iterator[bytes]]]:
    """For each sheet the file it belongs in, below ``folder``, and its bytes."""
    for sheet in sheets:
        yield folder / f"{sheet.name}{form.suffixes[0]}", form.write([sheet], tally)


class _Drain(io.RawIOBase):
    """A file that cannot be sought in, whose bytes are taken as they come."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since this was last asked."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
