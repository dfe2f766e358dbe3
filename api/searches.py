"""Search the graph by words and by meaning, for Python and for the command line."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.answers import answer, read_list
from api.graphql.asking import asking_session
from api.graphql.compiler.derivation import load_catalog
from api.graphql.compiler.search import MOST_FOUND
from api.graphql.naming import find
from api.graphql.statement_filter import statement_conditions
from api.graphql.waiting import AnswerError
from api.tables.flattening import rows_of
from ontology.countries import country_code
from ontology.iris import country_id
from queries.database import Database
from queries.rows import Rows
from queries.settings import Settings

_PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which hits of a search are wanted.

    Attributes:
        types: Names of types, in any case; none for all.
        country: Only statements that mention this country: its code, name or id.
        speaker: Only those of this person, organization or country: its name or id.
        outlet: Only those in articles of this outlet: its name or id.
        roles: Only those whose speaker the article cites in one of these roles.
        kinds: Only those of these kinds: direct, indirect, mixed.
        acts: Only those told in one of these ways, such as said or asked.
        denied: Whether the speaker denies it.
        negative: Whether what is said is negative.
        negated: Whether either is so.
        since: Only those published on this day or later.
        until: Only those published on this day or earlier.
        where: Only those that match this GraphQL ``StatementFilter``, too.
        meaning: Whether to find what is near in meaning.
    """

    types: Collection[str] = ("statement",)
    country: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    roles: Collection[str] = ()
    kinds: Collection[str] = ()
    acts: Collection[str] = ()
    denied: bool | None = None
    negative: bool | None = None
    negated: bool | None = None
    since: date | None = None
    until: date | None = None
    where: Mapping[str, Any] | None = None
    meaning: bool = True

    @property
    def filtered(self) -> bool:
        """Whether it is about certain statements only."""
        plain = Wanted(types=self.types, meaning=self.meaning)
        return self != plain


def search(
    settings: Settings, database: Database, text: str, wanted: Wanted, *, first: int
) -> Rows:
    """Return the best ``first`` hits, a row each; ``rows.answer`` says how many there are.

    Raises:
        AnswerError: the text or a filter is invalid.
        UnknownNameError: the graph has no such country, speaker or outlet.
        DatabaseError: the database fails.
    """
    if not 1 <= first <= MOST_FOUND:
        raise AnswerError(f"'first' must be between 1 and {MOST_FOUND:,}, not {first}.")
    document = read_list("search")
    variables = search_variables(database, text, wanted)
    edges: list[Any] = []
    after = None
    while True:
        page = {**variables, "first": min(first - len(edges), _PAGE), "after": after}
        data = answer(settings, database, document, page, most=_PAGE)
        found = data["search"]
        edges += found["edges"]
        if len(edges) >= first or not found["pageInfo"]["hasNextPage"]:
            whole = {"search": {**found, "edges": edges}}
            return Rows(rows_of(document, whole), answer=whole)
        after = found["pageInfo"]["endCursor"]


def search_variables(database: Database, text: str, wanted: Wanted) -> dict[str, Any]:
    """The variables of the document ``search`` for the hits that are wanted, but for how many.

    Raises:
        AnswerError: a filter is invalid.
        UnknownNameError: the graph has no such country, speaker or outlet.
    """
    return {
        "text": text,
        "types": [enum_value("NodeType", name, "type") for name in wanted.types] or None,
        "where": _filter(database, wanted),
        "roles": [enum_value("CitationRole", role, "role") for role in wanted.roles] or None,
        "meaning": wanted.meaning,
    }


def _filter(database: Database, wanted: Wanted) -> dict[str, Any] | None:
    """The conditions on statements as GraphQL has them."""
    conditions = [
        *([dict(wanted.where)] if wanted.where else []),
        *statement_conditions(
            country=None if wanted.country is None else country_id_of(database, wanted.country),
            speaker=None if wanted.speaker is None else named_id(database, wanted.speaker, "thing"),
            outlet=None if wanted.outlet is None else named_id(database, wanted.outlet, "outlet"),
            since=wanted.since,
            until=wanted.until,
            denied=wanted.denied,
            negative=wanted.negative,
            negated=wanted.negated,
        ),
    ]
    for key, enum, values in (
        ("kind", "StatementKind", wanted.kinds),
        ("act", "StatementAct", wanted.acts),
    ):
        if values:
            conditions.append({key: {"in": [enum_value(enum, value, key) for value in values]}})
    return {"and": conditions} if conditions else None


def enum_value(enum: str, value: str, called: str) -> str:
    """The name of an enum's value as a person writes it: in any case, ``_`` or a hyphen or not.

    Raises:
        AnswerError: there is no such value; the message names those there are.
    """
    names = {
        choice.name.replace("_", ""): choice.name for choice in load_catalog().enums[enum].choices
    }
    found = names.get(value.upper().replace("_", "").replace("-", "").replace(" ", ""))
    if found is None:
        known = ", ".join(name.lower() for name in names.values())
        raise AnswerError(f"{value!r} is not a {called}; use one of {known}.")
    return found


def country_id_of(database: Database, country: str) -> str:
    """The id of a country, by its code, name or id.

    Raises:
        UnknownNameError: the graph has no such country.
    """
    code = country_code(country)
    return country_id(code) if code else named_id(database, country, "country")


def named_id(database: Database, text: str, kind: str) -> str:
    """The id of what is called ``text``; ``kind`` is one of ``api.graphql.naming.KINDS``.

    Raises:
        UnknownNameError: the graph has nothing of that name.
    """
    with database.session() as session:
        return asyncio.run(find(asking_session(session), text, kind)).id
