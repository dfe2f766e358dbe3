"""Parquet, read back by pyarrow and pandas."""

import io
import sys
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from api.graphql.waiting import Asker
from api.tables.columns import tables, whole_tables
from api.tables.errors import MissingExtraError
from api.tables.parquet import write_parquet
from api.tables.sheet import Sheet
from tests.api.tables.conftest import made_up, sheets


def written(sheet: Sheet) -> bytes:
    return b"".join(write_parquet(sheet))


def typed(kind: str, value: Any) -> Any:
    if isinstance(value, list):
        return [typed(kind, item) for item in value]
    if value is not None and kind == "date":
        return date.fromisoformat(value)
    if value is not None and kind == "dateTime":
        return datetime.fromisoformat(value)
    return value


@pytest.mark.parametrize("name", whole_tables())
def test_a_table_is_read_back_as_it_was(asker: Asker, name: str) -> None:
    table = tables()[name]
    (sheet,) = sheets(asker, name)
    expected = [row for page in sheet.pages for row in page]
    found = pq.read_table(io.BytesIO(written(*sheets(asker, name))))
    assert found.num_rows == len(expected)
    assert found.column_names == [column.name for column in table.columns]
    for place, column in enumerate(table.columns):
        values = [typed(column.kind, row[place]) for row in expected]
        assert found.column(place).to_pylist() == values
        described = found.schema.field(place).metadata[b"description"].decode()
        assert described == column.description


def test_columns_have_types_even_in_an_empty_table(asker: Asker) -> None:
    schema = pq.read_table(io.BytesIO(written(*sheets(asker, "corrections")))).schema
    assert schema.field("pair").type == pa.list_(pa.string())
    assert schema.field("decided_at").type == pa.timestamp("us", tz="UTC")
    statements = pq.read_table(io.BytesIO(written(*sheets(asker, "statements")))).schema
    assert statements.field("published").type == pa.date32()
    assert statements.field("start").type == pa.int64()
    assert statements.field("denied").type == pa.bool_()


def test_pandas_reads_the_same_as_from_csv_and_json(asker: Asker) -> None:
    frame = pd.read_parquet(io.BytesIO(written(*sheets(asker, "statements"))))
    (sheet,) = sheets(asker, "statements")
    assert list(frame["id"]) == [row[0] for page in sheet.pages for row in page]
    assert frame["denied"].dtype == bool
    assert frame["start"].dtype == "int64"


def test_long_tables_have_several_row_groups_and_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.tables.parquet._GROUP_ROWS", 3)

    def sheet() -> Sheet:
        made = made_up()
        pages = iter(
            [[(f"row {number}",) for number in range(some, some + 2)] for some in (0, 2, 4)]
        )
        return Sheet(name="made", columns=made.columns, pages=pages, total=6)

    data = written(sheet())
    assert pq.ParquetFile(io.BytesIO(data)).num_row_groups == 2
    assert pq.read_table(io.BytesIO(data)).column(0).to_pylist() == [f"row {n}" for n in range(6)]
    assert written(sheet()) == data


def test_times_and_days_are_typed() -> None:
    times = made_up("2026-01-31T09:00:00Z", None, kind="dateTime")
    found = pq.read_table(io.BytesIO(written(times))).column(0).to_pylist()
    assert found == [datetime(2026, 1, 31, 9, tzinfo=UTC), None]
    days = made_up(["2026-01-31"], [], kind="date", many=True)
    assert pq.read_table(io.BytesIO(written(days))).column(0).to_pylist() == [
        [date(2026, 1, 31)],
        [],
    ]


def test_a_missing_extra_is_told_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'newsgraph\[parquet\]'"):
        written(made_up("x"))
