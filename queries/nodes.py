"""Read nodes page by page, in the order of their ids, in memory that does not grow."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, LiteralString, TypeVar

from neo4j import Driver, ManagedTransaction

from queries import cypher

T = TypeVar("T")
Row = list[Any]
Range = tuple[str, str]
"""The first and the last id, both inside."""

LAST = "\U0010ffff"
EVERYTHING: tuple[Range, ...] = (("", LAST),)

_FIRST_PAGE = 50
_LARGEST_PAGE = 1_500
_PAGE_CHARACTERS = 1_500_000
_SAMPLE = 8
_WATCH_SECONDS = 0.1


def nodes_statement(label: str, columns: str) -> LiteralString:
    """The statement that reads the nodes labelled ``label`` with these columns of ``node``."""
    return cypher("export/nodes").format(label=label, columns=columns)


def count_nodes(driver: Driver, database: str | None) -> int:
    """The number of nodes in the database, whatever their labels."""
    with driver.session(database=database, default_access_mode="READ") as session:
        return int(session.run(cypher("export/all")).single(strict=True)["nodes"])


def node_pages(
    driver: Driver,
    database: str | None,
    statement: LiteralString,
    *,
    ranges: Sequence[Range] = EVERYTHING,
) -> Iterator[list[Row]]:
    """The rows of ``statement``, an ``export/nodes``, in each of ``ranges``, page by page.

    A page is a transaction of its own: a slow reader holds nothing open. Pages grow to a
    thousand rows or so, and to a million characters or so where rows are long.
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


def ahead(items: Generator[T]) -> Iterator[T]:
    """``items``, the next made in a thread while this one is used: one ahead, never more.

    Closing the iterator, or leaving it to be collected, closes ``items`` and ends the thread.
    """
    queue: Queue[tuple[T | None, BaseException | None]] = Queue(maxsize=1)
    stop = Event()

    def put(item: T | None, error: BaseException | None) -> None:
        while not stop.is_set():
            with suppress(Full):
                queue.put((item, error), timeout=_WATCH_SECONDS)
                break

    def make() -> None:
        try:
            for item in items:
                put(item, None)
                if stop.is_set():
                    break
        except BaseException as error:  # handed to the thread that asks, where it belongs
            put(None, error)
        else:
            put(None, StopIteration())
        finally:
            items.close()

    thread = Thread(target=make, name="newsgraph-read-ahead", daemon=True)
    thread.start()
    try:
        while True:
            item, error = queue.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item  # type: ignore[misc]
    finally:
        stop.set()
        with suppress(Empty):
            queue.get_nowait()
        thread.join()


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
