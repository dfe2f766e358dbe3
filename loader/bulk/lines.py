"""CSV files that grow with a stage, typed by the ontology as Neo4j's importer reads them.

Neo4j reads a file in parallel only if none of its fields spans several lines, so rows that have
such a field go to a file of their own beside the others'.

How long each file is when a batch of pages is on disk is committed with that batch: what a run
that was killed wrote after it is cut off when the stage is opened again.
"""

import csv
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from ontology.derived import DERIVED
from ontology.model import Model

DELIMITER = "\x1f"
"""Between the items of a list: the separator that Unicode has for it, which no text holds."""
EDGE = (":START_ID", ":END_ID")
"""The header of a file of relationships."""

MULTILINE = "-multiline"
"""What the names of files end with whose fields span several lines."""

SCHEMA = "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, bytes INTEGER, rows INTEGER);"
_TYPES = {"date": "date", "dateTime": "datetime", "integer": "long", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file of nodes, behind their ids."""

    keys: tuple[str, ...]
    header: tuple[str, ...]

    def row(self, identifier: str, properties: Mapping[str, Any]) -> list[Any]:
        """Return the cells of a node: nothing where it has no such property."""
        return [identifier, *cells(map(properties.get, self.keys))]


def columns(model: Model, label: str) -> Columns:
    """Return the columns of the nodes with ``label``."""
    entries = [entry for entry in model.classes[label].properties if entry.key != "id"]
    types = (
        f"{entry.key}:{_TYPES.get(entry.datatype, 'string')}{'[]' if entry.many else ''}"
        for entry in entries
    )
    derived = DERIVED.get(label, ())
    keys = (*(entry.key for entry in entries), *(entry.key for entry in derived))
    made = (f"{entry.key}:{entry.datatype}{'[]' if entry.many else ''}" for entry in derived)
    return Columns(keys, ("id:ID", *types, *made))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The ``text`` of ``count`` rows of the file at ``path``, which begins with ``header``."""

    path: str
    header: tuple[str, ...]
    text: str
    count: int


def lines(path: str, header: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> list[Lines]:
    """Write ``rows`` as lines of the file at ``path``, or of that beside it for broken ones."""
    whole: list[str] = []
    broken: list[str] = []
    csv.writer(_Parted(whole.append, broken.append), lineterminator="\n").writerows(rows)
    return [
        Lines(path=file, header=header, text="".join(written), count=len(written))
        for file, written in ((path, whole), (_multiline(path), broken))
        if written
    ]


class GrowingFiles:
    """Files below ``folder`` that rows are appended to, in the transactions of ``connection``."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._buffers: dict[str, StringIO] = {}
        self._sizes: dict[str, tuple[int, int]] = {
            path: (size, rows)
            for path, size, rows in connection.execute("SELECT path, bytes, rows FROM files")
        }
        for file in folder.glob("*/*.csv"):
            size, _ = self._sizes.get(self._path(file), (None, 0))
            if size is None:
                file.unlink()
            else:
                os.truncate(file, size)

    def append(self, lines: Lines) -> None:
        """Append ``lines`` to their file; nothing is on disk before :meth:`save`."""
        buffer = self._buffers.get(lines.path)
        size, count = self._sizes.get(lines.path, (0, 0))
        if buffer is None:
            buffer = self._buffers[lines.path] = StringIO(newline="")
            if not size:
                csv.writer(buffer, lineterminator="\n").writerow(lines.header)
        buffer.write(lines.text)
        self._sizes[lines.path] = size, count + lines.count

    def save(self) -> None:
        """Append what was added to the files, and note their lengths in the open transaction."""
        for path, buffer in self._buffers.items():
            file = self._folder / path
            file.parent.mkdir(exist_ok=True)
            encoded = buffer.getvalue().encode()
            with file.open("ab") as opened:
                opened.write(encoded)
                opened.flush()
                os.fsync(opened.fileno())
            size, rows = self._sizes[path]
            self._sizes[path] = size + len(encoded), rows
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, *self._sizes[path])
            )
        self._buffers.clear()

    def within(self, folder: str) -> list[tuple[Path, int]]:
        """The files in one of the folders, with how many rows each has."""
        return [
            (self._folder / path, rows)
            for path, (_, rows) in sorted(self._sizes.items())
            if path.startswith(f"{folder}/")
        ]

    def _path(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[Path, int]:
    """Write files of their own: at ``path``, and beside it where fields span several lines.

    Returns:
        The files, each with how many of the ``rows`` it has.
    """
    counts = {path: 0, path.with_name(_multiline(path.name)): 0}
    with ExitStack() as stack:

        def writer(file: Path) -> Callable[[str], None]:
            opened = stack.enter_context(file.open("w", encoding="utf-8", newline=""))
            csv.writer(opened, lineterminator="\n").writerow(header)

            def write(line: str) -> None:
                counts[file] += 1
                opened.write(line)

            return write

        csv.writer(_Parted(*map(writer, counts)), lineterminator="\n").writerows(rows)
    for file, count in [*counts.items()][1:]:
        if not count:
            file.unlink()
            del counts[file]
    return counts


def _multiline(name: str) -> str:
    return f"{name.removesuffix('.csv')}{MULTILINE}.csv"


class _Parted:
    """What ``csv.writer`` gives its rows: those whose fields span several lines go elsewhere."""

    def __init__(self, one: Callable[[str], object], several: Callable[[str], object]) -> None:
        self._one = one
        self._several = several

    def write(self, row: str) -> None:
        """Take a row with the end of its line."""
        broken = row.find("\n", 0, -1) >= 0 or "\r" in row
        (self._several if broken else self._one)(row)


def cells(values: Iterable[Any]) -> list[Any]:
    """Properties' values as the importer reads them: nothing for None."""
    return [value if value is None or value.__class__ is str else _cell(value) for value in values]


@lru_cache(maxsize=50_000)
def _written(item: float | str) -> str:
    """An item of a list; the numbers of vectors come again and again."""
    return str(item)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return DELIMITER.join(map(_written, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, date) else value
