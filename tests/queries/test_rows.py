"""Rows: lists of dicts, and frames where pandas is."""

import sys

import pytest

from queries.rows import Rows

ROWS = Rows([{"name": "Bo Ek", "country": {"name": "Kenya"}}, {"name": "Ada", "country": None}])


def test_rows_are_a_list_with_a_short_form() -> None:
    assert ROWS[0]["country"]["name"] == "Kenya"
    assert repr(ROWS) == "<2 rows: name, country>"
    assert repr(Rows([dict.fromkeys("abcdefghij")])) == "<1 row: a, b, c, d, e, f, g, h, …>"


def test_a_frame_has_a_column_for_each_field() -> None:
    pytest.importorskip("pandas")
    frame = ROWS.to_pandas()
    assert list(frame.columns) == ["name", "country.name"]
    assert list(frame["name"]) == ["Bo Ek", "Ada"]
    assert len(Rows().to_pandas()) == 0


def test_without_pandas_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install pandas$"):
        ROWS.to_pandas()
