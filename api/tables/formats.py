"""The formats that tables are written in, and files that hold several tables."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.tables.drain import Drain
from api.tables.follow_the_money import TABLES as ENTITY_TABLES
from api.tables.follow_the_money import write_entities
from api.tables.graph import GraphReader, Progress
from api.tables.markup import write_gexf, write_graphml
from api.tables.parquet import write_parquet
from api.tables.plain import write_csv, write_json, write_lines
from api.tables.sheet import Sheet, Tally

FormatName = Literal["csv", "jsonl", "json", "xlsx", "parquet", "ftm"]
ZIP_TYPE = "application/zip"

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the first that zip knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """A way to write tables.

    Attributes:
        name: as ``--format`` says it.
        suffixes: what the names of its files may end in, the usual one first.
        media_type: by the IANA, where it has one.
        write: writes sheets to one file; several only if it is a ``book``.
        book: whether one file holds several tables.
        only: the tables it is made of, where not any will do.
    """

    name: FormatName
    suffixes: tuple[str, ...]
    media_type: str
    write: Callable[[Sequence[Sheet], Tally], Iterator[bytes]]
    book: bool = False
    only: tuple[str, ...] = ()

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


def _workbook(sheets: Sequence[Sheet], tally: Tally) -> Iterator[bytes]:
    from api.tables.workbook import write_xlsx  # takes a moment to import

    return write_xlsx(sheets, tally)


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
            name="xlsx",
            suffixes=(".xlsx",),
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=_workbook,
            book=True,
        ),
        TableFormat(
            name="parquet",
            suffixes=(".parquet",),
            media_type="application/vnd.apache.parquet",
            write=_alone(write_parquet),
        ),
        TableFormat(
            name="ftm",
            suffixes=(".ftm", ".ftm.json", ".ftm.jsonl"),
            media_type="application/jsonl",
            write=write_entities,
            book=True,
            only=ENTITY_TABLES,
        ),
        TableFormat(
            name="json",
            suffixes=(".json",),
            media_type="application/json",
            write=_alone(write_json),
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFormat:
    """A way to write nodes and relationships.

    Attributes:
        name: as ``--format`` says it, and what the names of its files end in after the dot.
        media_type: by the IANA, or as its tools say it.
        write: writes a graph, and tells how many nodes are read.
    """

    name: Literal["graphml", "gexf"]
    media_type: str
    write: Callable[[GraphReader, Progress], Iterator[bytes]]


GRAPH_FORMATS: dict[str, GraphFormat] = {
    item.name: item
    for item in (
        GraphFormat(name="graphml", media_type="application/graphml+xml", write=write_graphml),
        GraphFormat(name="gexf", media_type="application/gexf+xml", write=write_gexf),
    )
}


def write_zip(form: TableFormat, sheets: Sequence[Sheet], tally: Tally) -> Iterator[bytes]:
    """A zip archive with a file for each sheet: the same bytes for the same rows."""
    drain = Drain()
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
