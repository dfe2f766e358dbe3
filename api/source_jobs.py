"""``newsgraph sources``: who gets to speak, as a table in the terminal or in a file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich import box
from rich.markup import escape
from rich.table import Table

from api.graphql.naming import UnknownNameError
from api.graphql.statement_filter import statement_conditions
from api.graphql.waiting import AnswerError, Asker
from api.output import OUTPUT, CommandError, UsageError
from api.searches import country_id_of, enum_value, named_id
from api.table_jobs import Target, write_sheets
from api.tables.answers import listed
from api.tables.sheet import Row
from api.tables.sources import COLUMNS, GROUPINGS, Grouping, read_sources
from ontology.records import TOLD_ACTS
from queries.database import Database, explained
from queries.rows import Rows
from queries.settings import Settings

_SHOWN = (
    ("statements", "said", "statements"),
    ("words", "words", ""),
    ("sources", "who", "named sources"),
    ("expert", "exp", "experts"),
    ("official", "off", "officials"),
    ("spokesperson", "spk", "spokespersons"),
    ("organization", "org", "organizations"),
    ("outlet", "out", "outlets"),
    ("document", "doc", "documents"),
    ("source", "oth", "others named"),
    ("government", "gov", "governments"),
    ("unnamed", "unn", "unnamed"),
    ("quoted", "quoted", ""),
)
"""What the terminal shows of the columns, unless all is nought: heads, and what they stand for."""
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which statements are measured, and how they are grouped.

    Attributes:
        by: a name of ``GROUPINGS``.
        outlet: Only those in articles of this outlet: its name or id.
        author: Only those in articles of this author: a name or id.
        country: Only those that mention this country: its code, name or id.
        role: Only those whose sources speak in this role.
        since: Only those published on this day or later.
        until: Only those published on this day or earlier.
        where: Only those that match this GraphQL ``StatementFilter``, too.
        acts: Only those told in these ways; None for all.
    """

    by: str = "outlet"
    outlet: str | None = None
    author: str | None = None
    country: str | None = None
    role: str | None = None
    since: date | None = None
    until: date | None = None
    where: Mapping[str, Any] | None = None
    acts: Collection[str] | None = TOLD_ACTS


def sources(settings: Settings, database: Database, asked: Asked) -> Rows:
    """Return a row for each group, the figures by the names of ``api.tables.sources.COLUMNS``.

    Raises:
        AnswerError: a filter or a way of grouping is invalid.
        UnknownNameError: the graph has no such country, outlet or author.
        DatabaseError: the database fails.
    """
    names = [column.name for column in COLUMNS]
    return Rows(dict(zip(names, row, strict=True)) for row in read_rows(settings, database, asked))


def read_rows(settings: Settings, database: Database, asked: Asked) -> list[Row]:
    """Return the rows themselves, as :func:`sources` does.

    Raises:
        AnswerError, UnknownNameError, DatabaseError: as :func:`sources`.
    """
    grouping = grouping_called(asked.by)
    with explained(database):
        asker = Asker(database, base=settings.base)
        return read_sources(asker, grouping, _where(database, asked))


def grouping_called(name: str) -> Grouping:
    """The way of grouping of this name.

    Raises:
        AnswerError: there is none; the message names those there are.
    """
    found = GROUPINGS.get(name.lower())
    if found is None:
        raise AnswerError(f"There is no table by {name!r}; use one of {', '.join(GROUPINGS)}.")
    return found


def run_sources(
    settings: Settings, database: Database, asked: Asked, target: Target | None
) -> bool:
    """Print the table, or write it to ``target``; return whether there is anything in it.

    Raises:
        UsageError: a filter or a way of grouping is invalid.
        CommandError: it cannot be written, nothing matches, or the graph has no such country,
            outlet or author.
        DatabaseError: the database fails.
    """
    try:
        rows = read_rows(settings, database, asked)
    except AnswerError as error:
        raise UsageError(str(error)) from error
    except UnknownNameError as error:
        raise CommandError(str(error)) from error
    if not rows:
        raise CommandError("No statements match; remove a filter, or load pages.")
    if target is not None:
        write_sheets(lambda: [listed("sources", COLUMNS, rows)], target)
        return True
    OUTPUT.print(_table(grouping_called(asked.by), rows))
    if len(rows) > _MOST:
        OUTPUT.print(f"{len(rows) - _MOST:,} more; -o sources.csv writes all of them.")
    return True


def _table(grouping: Grouping, rows: Sequence[Row]) -> Table:
    table = Table(box=box.SIMPLE, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(grouping.label.lower(), overflow="fold", min_width=10)
    places = {column.name: place for place, column in enumerate(COLUMNS)}
    shown = [(places[name], head, text) for name, head, text in _SHOWN]
    shown = [item for item in shown if any(row[item[0]] for row in rows)]
    for _, head, _ in shown:
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows[:_MOST]:
        figures = (f"{row[place]:,}" for place, _, _ in shown)
        table.add_row(escape(str(row[0])), *figures)
    table.caption = ", ".join(f"{head}: {text}" for _, head, text in shown if text)
    table.caption_justify = "left"
    return table


def _where(database: Database, asked: Asked) -> dict[str, Any] | None:
    """The conditions on statements as GraphQL has them."""
    author = asked.author
    conditions = [
        *([dict(asked.where)] if asked.where else []),
        *statement_conditions(
            country=None if asked.country is None else country_id_of(database, asked.country),
            outlet=None if asked.outlet is None else named_id(database, asked.outlet, "outlet"),
            since=asked.since,
            until=asked.until,
        ),
    ]
    if author is not None:
        identifier = named_id(database, author, "person")
        conditions.append({"statedIn": {"writtenBy": {"some": {"id": {"eq": identifier}}}}})
    if asked.role is not None:
        role = enum_value("StatementSourceRole", asked.role, "role")
        conditions.append({"sourceRole": {"eq": role}})
    if asked.acts is not None:
        conditions.append({"act": {"in": [act.upper() for act in asked.acts]}})
    return {"and": conditions} if conditions else None
