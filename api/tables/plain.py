"""Tables as text: CSV, JSON, and JSON lines."""

import csv
import io
from collections.abc import Iterator

import orjson

from api.tables.cells import text
from api.tables.sheet import Sheet
from queries.formulas import defused


def write_csv(sheet: Sheet) -> Iterator[bytes]:
    """The sheet as CSV in UTF-8 (RFC 4180): a header, lines that end in CR LF.

    Cells that a spreadsheet would run as a formula begin with an apostrophe.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(column.name for column in sheet.columns)
    yield buffer.getvalue().encode()
    for page in sheet.pages:
        buffer.seek(0)
        buffer.truncate()
        writer.writerows(
            [defused(text(v)) if isinstance(v, str | list | dict) else text(v) for v in row]
            for row in page
        )
        yield buffer.getvalue().encode()


def write_lines(sheet: Sheet) -> Iterator[bytes]:
    """The sheet as JSON lines: an object a row, with every column in it."""
    names = [column.name for column in sheet.columns]
    for page in sheet.pages:
        rows = (orjson.dumps(dict(zip(names, row, strict=True))) for row in page)
        yield b"".join(row + b"\n" for row in rows)


def write_json(sheet: Sheet) -> Iterator[bytes]:
    """The sheet as one JSON list of objects, an object a line."""
    names = [column.name for column in sheet.columns]
    before = b"[\n"
    for page in sheet.pages:
        rows = [orjson.dumps(dict(zip(names, row, strict=True))) for row in page]
        yield before + b",\n".join(rows)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
