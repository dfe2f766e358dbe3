"""A table on its way out: what its columns are, and its rows page by page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from ontology.model import Datatype
from queries.counts import counted, figure

Value = Any
"""None, a string, a number or a boolean; dates and times as ISO 8601 has them; a list of these."""
Row = tuple[Value, ...]
Pages = Iterator[list[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        name: in snake_case, or with dots where it comes from a nested answer.
        kind: the datatype of its values.
        many: whether a cell holds a list of them.
        description: what it says.
    """

    name: str
    kind: Datatype
    many: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table to be written once.

    Attributes:
        name: in snake_case.
        columns: its columns.
        pages: its rows, each as long as ``columns``; nothing is read before it is asked for.
        total: how many rows there are, as far as is known before they are read.
    """

    name: str
    columns: tuple[Column, ...]
    pages: Pages
    total: int


class Tally:
    """Counts the rows that writers take from sheets.

    Attributes:
        rows: by the sheet's name, how many rows were taken.
        notes: what a reader of the file has to know, such as cells that were cut.
    """

    def __init__(self, on_rows: Callable[[int], None] | None = None) -> None:
        self.rows: dict[str, int] = {}
        self.notes: list[str] = []
        self._on_rows = on_rows

    def counting(self, sheet: Sheet) -> Sheet:
        """``sheet``, its rows counted as they are taken; ``on_rows`` is told of all so far."""
        return replace(sheet, pages=self._counted(sheet))

    @property
    def total(self) -> int:
        """The number of rows taken from all sheets."""
        return sum(self.rows.values())

    def __str__(self) -> str:
        """How many rows, in all and of each table: "12 rows: people 7, countries 5"."""
        if len(self.rows) == 1:
            ((name, rows),) = self.rows.items()
            return f"{counted(rows, 'row')} of {name}"
        each = ", ".join(f"{name} {figure(rows)}" for name, rows in self.rows.items())
        return f"{counted(self.total, 'row')} in {counted(len(self.rows), 'table')} ({each})"

    def _counted(self, sheet: Sheet) -> Pages:
        self.rows[sheet.name] = 0
        for page in sheet.pages:
            self.rows[sheet.name] += len(page)
            if self._on_rows is not None:
                self._on_rows(self.total)
            yield page
