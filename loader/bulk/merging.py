"""Tables in SQLite for the nodes that articles share, merged as the database merges them."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loader.bulk.lines import DELIMITER, Columns, cells, columns
from loader.graph.building import NAMED, owned
from loader.graph.shared import Row, in_sql
from ontology.model import Model


@dataclass(frozen=True, slots=True)
class SharedTable:
    """The table of the shared nodes with ``label``, and one for each list that is united.

    The table is called ``label``, those of lists like ``Name_forms``, with a row a value. Cells are
    as the importer reads them.
    """

    label: str
    columns: Columns
    lists: frozenset[str]

    def schema(self) -> Iterator[str]:
        """The statements that make the tables."""
        keys = "".join(f', "{key}"' for key in self._single)
        yield f"CREATE TABLE IF NOT EXISTS {self.label} (id TEXT PRIMARY KEY{keys});"
        for key in sorted(self.lists):
            yield (
                f"CREATE TABLE IF NOT EXISTS {self.label}_{key}"
                " (id TEXT, value TEXT, PRIMARY KEY (id, value)) WITHOUT ROWID;"
            )

    def merge(self, connection: sqlite3.Connection, rows: Collection[Row]) -> None:
        """Merge ``rows`` into what the tables hold."""
        keys = self._single
        places = ", ".join("?" * (1 + len(keys)))
        merged = ", ".join(f'"{key}" = {in_sql(self.label, key)}' for key in keys)
        action = f"UPDATE SET {merged}" if merged else "NOTHING"
        connection.executemany(
            f"INSERT INTO {self.label} VALUES ({places}) ON CONFLICT (id) DO {action}",  # noqa: S608
            [(row["id"], *cells(map(row.get, keys))) for row in rows],
        )
        for key in self.lists:
            connection.executemany(
                f"INSERT OR IGNORE INTO {self.label}_{key} VALUES (?, ?)",  # noqa: S608
                [(row["id"], value) for row in rows for value in row.get(key, ())],
            )

    def rows(self, connection: sqlite3.Connection, **instead: str) -> Iterator[Sequence[Any]]:
        """The nodes as rows of the importer's file, with other expressions for some columns."""
        values = (instead.get(key) or self.value(key) for key in self.columns.keys)
        read = f"SELECT {', '.join(('id', *values))} FROM {self.label} ORDER BY rowid"  # noqa: S608
        yield from connection.execute(read)

    def value(self, key: str) -> str:
        """The expression for a column: of a list, its values in their order."""
        if key not in self.lists:
            return f'"{key}"'
        listed = f"{self.label}_{key}"
        found = f"SELECT value FROM {listed} WHERE {listed}.id = {self.label}.id ORDER BY value"  # noqa: S608
        return f"(SELECT group_concat(value, char({ord(DELIMITER)})) FROM ({found}))"  # noqa: S608

    @property
    def _single(self) -> list[str]:
        return [key for key in self.columns.keys if key not in self.lists]


def shared_tables(model: Model) -> dict[str, SharedTable]:
    """The tables by label: of all nodes that more than one article can tell of."""
    return {
        item.label: SharedTable(
            item.label,
            columns(model, item.label),
            frozenset(e.key for e in item.properties if not in_sql(item.label, e.key)),
        )
        for item in model.keyed
        if item.label not in {*owned(model), *NAMED}
    }
