"""Tables as an Excel workbook, a worksheet each, by xlsxwriter in memory that stays flat."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from api.tables.cells import text
from api.tables.sheet import Column, Row, Sheet, Tally
from queries.counts import counted

MOST_ROWS = 1_048_576
"""The rows of a worksheet, its header among them (Excel's limit)."""
MOST_CHARACTERS = 32_767
"""The characters of a cell, as UTF-16 counts them (Excel's limit)."""

_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""When every workbook was made: the same rows are the same bytes."""
_FIRST_DAY = "1900-03-01"
"""Days before are text: Excel has none before 1900, and one too many in that year."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_PIECE = 1 << 18
_WIDTHS = {"boolean": 9, "integer": 11, "date": 11}
_WIDTH = 24
_NAME = 31


def write_xlsx(sheets: Sequence[Sheet], tally: Tally) -> Iterator[bytes]:
    """A workbook with a worksheet for each sheet, its header frozen and with filters.

    Text is written as text, never as a formula or a link. A sheet with more rows than a worksheet
    holds goes on in others, ``statements_2`` and so on; longer texts than a cell holds are cut.
    ``tally`` notes both.
    """
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        path = Path(folder) / "tables.xlsx"
        book = xlsxwriter.Workbook(path, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"created": _CREATED})
        writer = _Writer(book)
        for sheet in sheets:
            writer.write(tally.counting(sheet))
        book.close()
        tally.notes += writer.notes
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.notes: list[str] = []

    def write(self, sheet: Sheet) -> None:
        worksheet, number, parts = self._begun(sheet, 1), 1, 1
        cut = 0
        for page in sheet.pages:
            for row in page:
                if number == MOST_ROWS:
                    worksheet.autofilter(0, 0, number - 1, len(sheet.columns) - 1)
                    parts += 1
                    worksheet, number = self._begun(sheet, parts), 1
                cut += self._row(worksheet, number, sheet.columns, row)
                number += 1
        worksheet.autofilter(0, 0, number - 1, max(0, len(sheet.columns) - 1))
        if parts > 1:
            self.notes.append(
                f"{sheet.name} has more than {counted(MOST_ROWS - 1, 'row')}, all that a worksheet "
                f"holds; it goes on in {counted(parts - 1, 'further worksheet')}."
            )
        if cut:
            self.notes.append(
                f"{counted(cut, 'text')} of {sheet.name}, too long for a cell, which holds "
                f"{counted(MOST_CHARACTERS, 'character')}, cut; other formats have all of it."
            )

    def _begun(self, sheet: Sheet, part: int) -> Worksheet:
        ending = f"_{part}" if part > 1 else ""
        worksheet = self._book.add_worksheet(f"{sheet.name[: _NAME - len(ending)]}{ending}")
        worksheet.freeze_panes(1, 0)
        for place, column in enumerate(sheet.columns):
            worksheet.set_column(place, place, _WIDTHS.get(column.kind, _WIDTH))
            worksheet.write_string(0, place, column.name, self._bold)
        return worksheet

    def _row(self, worksheet: Worksheet, number: int, columns: tuple[Column, ...], row: Row) -> int:
        """Write a row; how many of its texts were cut."""
        cut = 0
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is None or value == []:
                continue
            if isinstance(value, bool):
                worksheet.write_boolean(number, place, value)
            elif isinstance(value, int | float):
                worksheet.write_number(number, place, value)
            elif column.kind == "date" and not column.many and value >= _FIRST_DAY:
                worksheet.write_datetime(number, place, date.fromisoformat(value), self._day)
            else:
                cell = _fitting(text(value))
                cut += cell is not None
                worksheet.write_string(number, place, text(value) if cell is None else cell)
        return cut


def _fitting(cell: str) -> str | None:
    """As much of ``cell`` as fits into one of Excel's; None if all of it does."""
    if len(cell) * 2 <= MOST_CHARACTERS or _units(cell) <= MOST_CHARACTERS:
        return None
    kept = cell[: MOST_CHARACTERS - 1]
    while _units(kept) >= MOST_CHARACTERS:
        kept = kept[: -max(1, (_units(kept) - MOST_CHARACTERS) // 2)]
    return f"{kept}…"


def _units(cell: str) -> int:
    return len(cell.encode("utf-16-le")) // 2
