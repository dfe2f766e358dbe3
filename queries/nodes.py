"""Read nodes page by page, in the order of their ids, in memory that does not grow."""

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

from neo4j import Driver, ManagedTransaction

Row = list[Any]
Range = tuple[str, str]
"""The first and the last id, both inside."""

LAST = "\U0010ffff"
EVERYTHING: tuple[Range, ...] = (("", LAST),)

_FIRST_PAGE = 50
_LARGEST_PAGE = 4_000
_PAGE_CHARACTERS = 4_000_000
_SAMPLE = 8


def node_pages(
    driver: Driver,
    database: str | None,
    statement: LiteralString,
    *,
    ranges: Sequence[Range] = EVERYTHING,
) -> Iterator[list[Row]]:
    """The rows of ``statement``, an ``export/nodes``, in each of ``ranges``, page by page.

    A page is a transaction of its own: a slow reader holds nothing open. Pages grow to some
    thousands of rows, or to a few million characters where rows are long.
    """
    size = _FIRST_PAGE
    with driver.session(database=database, default_access_mode="READ", fetch_size=-1) as session:
        for first, last in ranges:
            start = first
            while True:
                rows = session.execute_read(_page, statement, [(start, last)], size)
                if rows:
                    yield rows
                if len(rows) < size:
                    break
                # The string that follows an id in the order of strings.
                start = f"{rows[-1][0]}\0"
                size = _next_size(rows, size)


def nodes_by_id(
    driver: Driver, database: str | None, statement: LiteralString, ids: Sequence[str]
) -> Iterator[list[Row]]:
    """The rows of ``statement`` for ``ids``, in their order, page by page."""
    size = _FIRST_PAGE
    with driver.session(database=database, default_access_mode="READ", fetch_size=-1) as session:
        start = 0
        while start < len(ids):
            ranges = [(identifier, identifier) for identifier in ids[start : start + size]]
            rows = session.execute_read(_page, statement, ranges, 1)
            if rows:
                yield rows
            start += size
            size = _next_size(rows, size)


def _page(
    tx: ManagedTransaction, statement: LiteralString, ranges: list[Range], limit: int
) -> list[Row]:
    record = tx.run(statement, ranges=ranges, limit=limit).single(strict=True)
    rows: list[Row] = record["rows"]
    return rows


def _next_size(rows: list[Row], size: int) -> int:
    sample = rows[::_SAMPLE]
    characters = sum(len(value) for row in sample for value in row if value.__class__ is str)
    average = characters // (len(sample) or 1) + 1
    return max(1, min(_LARGEST_PAGE, size * 4, _PAGE_CHARACTERS // average))
