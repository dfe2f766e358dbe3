"""Sheets read from the graph: whole tables, parts of them, and lists by filter and order.

Memory stays flat: a page of rows is read when the writer asks for it, each in a transaction of its
own. Whole tables and parts are sorted by id, so that the same graph gives the same rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from api.graphql.waiting import Asker
from api.tables.columns import Table
from api.tables.sheet import Pages, Sheet

_PAGE = 500
_BY_ID = [{"id": "ASC"}]

Progress = Callable[[int, int], None]
"""Told how many rows are written, and of how many."""


def read_table(asker: Asker, table: Table, *, ids: Sequence[str] | None = None) -> Sheet:
    """The whole table, sorted by id; with ``ids``, the nodes of the table among them.

    Raises:
        AnswerError: a value in the graph is not what the ontology says.
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
    """
    if ids is None:
        return read_list(asker, table, order=_BY_ID)
    wanted = sorted(ids)
    conditions = [
        {"id": {"in": wanted[start : start + _PAGE]}} for start in range(0, len(wanted), _PAGE)
    ]
    total = sum(_count(asker, table, condition) for condition in conditions)
    return Sheet(
        name=table.name,
        columns=table.columns,
        pages=_each(asker, table, conditions),
        total=total,
    )


def read_list(
    asker: Asker,
    table: Table,
    *,
    where: Mapping[str, Any] | None = None,
    order: Sequence[Mapping[str, str]] | None = None,
) -> Sheet:
    """The nodes that fulfil ``where`` in this ``order``, each as GraphQL has it.

    Without an order, it is that of the list in the API.

    Raises:
        AnswerError: ``where`` or ``order`` do not fit the list.
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
    """
    return Sheet(
        name=table.name,
        columns=table.columns,
        pages=_pages(asker, table, where, order),
        total=_count(asker, table, where, order),
    )


def _count(
    asker: Asker,
    table: Table,
    where: Mapping[str, Any] | None,
    order: Sequence[Mapping[str, str]] | None = None,
) -> int:
    data = asker.ask(asker.prepare(table.counting), {"where": where, "orderBy": order})
    return int(data[table.root]["totalCount"])


def _pages(
    asker: Asker,
    table: Table,
    where: Mapping[str, Any] | None,
    order: Sequence[Mapping[str, str]] | None,
) -> Pages:
    operation = asker.prepare(table.document)
    for nodes in asker.pages(operation, {"where": where, "orderBy": order}, size=_PAGE):
        yield [table.row(node) for node in nodes]


def _each(asker: Asker, table: Table, conditions: Iterable[Mapping[str, Any]]) -> Pages:
    for condition in conditions:
        yield from _pages(asker, table, condition, _BY_ID)
