"""Excel workbooks, read back by openpyxl."""

import io
from datetime import datetime

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.utils.escape import unescape

from api.graphql.waiting import Asker
from api.tables.cells import text
from api.tables.columns import tables, whole_tables
from api.tables.sheet import Sheet, Tally
from api.tables.workbook import MOST_CHARACTERS, write_xlsx
from tests.api.tables.conftest import made_up, sheets
from tests.api.tables.test_tables import TEXTS


def workbook(*written: Sheet, tally: Tally | None = None) -> Workbook:
    data = b"".join(write_xlsx(written, tally or Tally()))
    return openpyxl.load_workbook(io.BytesIO(data))


def said(book: Workbook, name: str = "made") -> list[object]:
    return [row[0] for row in book[name].iter_rows(min_row=2, values_only=True)]


def test_a_workbook_has_a_worksheet_for_each_table_with_its_values(asker: Asker) -> None:
    names = whole_tables()
    tally = Tally()
    book = workbook(*sheets(asker, *names), tally=tally)
    assert book.sheetnames == names
    for name in names:
        header, *rows = book[name].iter_rows(values_only=True)
        columns = tables()[name].columns
        assert list(header) == [column.name for column in columns]
        assert len(rows) == tally.rows[name]
        (sheet,) = sheets(asker, name)
        expected = [row for page in sheet.pages for row in page]
        for row, wanted in zip(rows, expected, strict=True):
            for column, cell, value in zip(columns, row, wanted, strict=True):
                if value is None or value == [] or value == "":
                    assert cell is None
                elif column.kind == "date" and not column.many:
                    assert isinstance(cell, datetime)
                    assert cell.date().isoformat() == value
                elif column.kind in ("integer", "boolean") and not column.many:
                    assert cell == value
                    assert type(cell) is type(value)
                else:
                    assert cell == text(value)


def test_text_is_text_and_never_a_formula_or_a_link() -> None:
    texts = [value for value in TEXTS if value and "\r" not in value]
    texts += ["http://example.org", "_x0041_", "1e5", "007", "a\x01b\x0bc"]
    book = workbook(made_up(*texts))
    # Excel reads _x0041_ as "A", unless its first mark is written so; openpyxl leaves that to us.
    assert [unescape(str(cell)) for cell in said(book)] == texts
    for (cell,) in book["made"].iter_rows(min_row=2):
        assert cell.data_type == "s"
        assert cell.hyperlink is None


def test_days_before_excels_first_are_text() -> None:
    book = workbook(made_up("1899-12-31", "1900-02-28", "1900-03-01", "9999-12-31", kind="date"))
    assert said(book) == [
        "1899-12-31",
        "1900-02-28",
        datetime(1900, 3, 1),  # noqa: DTZ001 - Excel's days have no zone
        datetime(9999, 12, 31),  # noqa: DTZ001
    ]


def test_a_table_longer_than_a_worksheet_goes_on_in_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.tables.workbook.MOST_ROWS", 4)
    tally = Tally()
    long_name = "a_table_with_quite_a_long_name_indeed"
    book = workbook(made_up(*"abcdefg"), made_up(*"xyzu", name=long_name), tally=tally)
    assert book.sheetnames == ["made", "made_2", "made_3", long_name[:31], f"{long_name[:29]}_2"]
    assert said(book) + said(book, "made_2") + said(book, "made_3") == list("abcdefg")
    assert all(book[name].cell(1, 1).value == "said" for name in book.sheetnames)
    assert "2 further worksheets" in tally.notes[0]
    assert tally.rows["made"] == 7


def test_texts_longer_than_a_cell_are_cut_and_it_is_told() -> None:
    tally = Tally()
    fitting, longer, astral = "a" * MOST_CHARACTERS, "b" * 40_000, "𝔘" * 20_000
    book = workbook(made_up(fitting, longer, astral), tally=tally)
    first, second, third = map(str, said(book))
    assert first == fitting
    assert second == "b" * (MOST_CHARACTERS - 1) + "…"
    assert third.endswith("…")
    assert len(third.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert len(third) > MOST_CHARACTERS // 2 - 2
    assert "2 texts of made" in tally.notes[0]


def test_workbooks_are_the_same_from_run_to_run(
    asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = b"".join(write_xlsx(sheets(asker, "people", "statements"), Tally()))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert b"".join(write_xlsx(sheets(asker, "people", "statements"), Tally())) == once
