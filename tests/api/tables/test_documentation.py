"""The page on tables lists every column there is."""

from api.tables.columns import tables
from api.tables.documentation import PAGE, page


def test_the_page_lists_the_columns_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m api.tables.documentation"


def test_every_column_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for table in tables().values():
        section = text.partition(f"\n### {table.name}\n")[2].partition("\n### ")[0]
        assert section
        if "The columns are those of" not in section:
            assert all(f"| `{column.name}` |" in section for column in table.columns)
