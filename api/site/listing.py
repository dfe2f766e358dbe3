"""A list as its page shows it: rows, counts, what narrows it down, and ways on."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson

from api.graphql.statement_filter import TOLD
from api.http.errors import ApiError, Code
from api.site.facets import Facet, FacetReader, facets_of
from api.site.filters import Chosen, Filter, chosen, every
from api.site.kinds import ListKind, Sort
from api.site.links import Address, Pairs
from api.site.reading import Reader, document
from api.site.words import Row
from api.tables.formats import TABLE_FORMATS

SIZE = 25
"""Rows of a page: they stay below 60 kB of HTML, and a reader finds his place again."""

_FILES = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
_OWN = ("after", "before", "sort", "acts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A value that narrows the list down, with the address of the list without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link with its name; ``current`` where it leads to what is shown."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of a list, for its template."""

    kind: ListKind
    rows: Sequence[Row]
    total: int
    address: Address
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    sorts: tuple[Way, ...]
    fields: tuple[tuple[Filter, str], ...]
    kept: Pairs
    newer: str
    older: str
    takeaway: tuple[Way, ...]
    ignored: tuple[str, ...]
    every_act: Way | None
    """The same list with or without what is only believed or wanted, where that differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of a list."""

    kind: ListKind
    chosen: tuple[Chosen, ...]
    sort: Sort
    variables: Mapping[str, Any]
    ignored: tuple[str, ...]


def asked(kind: ListKind, pairs: Pairs) -> Asked:
    """What the query string ``pairs`` asks of a list.

    Raises:
        ApiError: a value stands for nothing; the message says which would.
    """
    values = dict(pairs)
    found = chosen(kind.filters, pairs)
    sort = next((one for one in kind.sorts if one.key == values.get("sort")), kind.sorts[0])
    if values.get("sort", sort.key) != sort.key:
        known = ", ".join(one.key for one in kind.sorts)
        msg = f"The list cannot be sorted by {values['sort']!r}; use one of {known}."
        raise ApiError(msg, code=Code.BAD_USER_INPUT, status=400)
    conditions = [one.filter.condition(one.value) for one in found]
    acts = {one.filter.key for one in found} & {"act"}
    if kind.standing is not None and not acts and values.get("acts") != "all":
        conditions.append(dict(kind.standing))
    variables: dict[str, Any] = {
        "where": every(conditions),
        "orderBy": [dict(one) for one in sort.order],
        "told": dict(TOLD),
    }
    if before := values.get("before"):
        variables |= {"last": SIZE, "before": before}
    else:
        variables |= {"first": SIZE, "after": values.get("after")}
    known_keys = {one.key for one in kind.filters} | {*_OWN}
    ignored = tuple(dict.fromkeys(key for key, _ in pairs if key not in known_keys))
    return Asked(kind=kind, chosen=tuple(found), sort=sort, variables=variables, ignored=ignored)


async def listing(
    reader: Reader, facet_reader: FacetReader, kind: ListKind, address: Address
) -> Listing:
    """The page of a list that ``address`` asks for.

    Raises:
        ApiError: it asks for what there cannot be, or the database does not answer.
    """
    wanted = asked(kind, address.query)
    answer, counted = await asyncio.gather(
        reader.run(_text(kind), wanted.variables),
        _counts(facet_reader, kind, wanted.variables["where"]),
    )
    told = answer["list"]
    clean = address.without([*wanted.ignored])
    start = clean.without(["after", "before"])
    facets = facets_of(kind, counted, wanted.chosen, start)
    info = told["pageInfo"]
    single = [one for one in kind.filters if one.form in {"thing", "text", "from", "to"}]
    shown = [one for one in single if one.facet or one.form != "thing"]
    fields = tuple((one, _value(one, wanted.chosen)) for one in shown)
    in_fields = {one.key for one in shown if not one.many}
    kept = tuple(pair for pair in start.query if pair[0] not in in_fields)
    return Listing(
        kind=kind,
        rows=told["nodes"],
        total=told["totalCount"],
        address=clean,
        chips=chips_of(wanted.chosen, facets, start),
        facets=facets,
        sorts=tuple(
            Way(
                label=one.label,
                href=str(start.set(sort=None if one is kind.sorts[0] else one.key)),
                current=one is wanted.sort,
            )
            for one in kind.sorts
        ),
        fields=fields,
        kept=kept,
        newer=_turn(start, "before", info["startCursor"]) if info["hasPreviousPage"] else "",
        older=_turn(start, "after", info["endCursor"]) if info["hasNextPage"] else "",
        takeaway=takeaway(kind, wanted, address.path.removesuffix(f"/{kind.plural}")),
        ignored=wanted.ignored,
        every_act=_every_act(kind, wanted, start),
    )


def chips_of(found: Sequence[Chosen], facets: Sequence[Facet], start: Address) -> tuple[Chip, ...]:
    """The values that narrow a list down, by the names that its facets know them by."""
    names = {value.key: value.label for facet in facets for value in facet.values}
    return tuple(
        Chip(
            label=one.filter.label,
            value=names.get(one.value) or one.filter.called(one.value),
            href=str(start.drop(one.filter.key, one.value)),
        )
        for one in found
    )


def takeaway(kind: ListKind, wanted: Asked, root: str) -> tuple[Way, ...]:
    """Exactly this list in other forms, the whole of it."""
    text = _text(kind)
    given = {**wanted.variables, "first": SIZE}
    variables = {
        name: value
        for name, value in given.items()
        if value is not None and name not in {"after", "before", "last"} and f"${name}" in text
    }
    query = urlencode({"query": text, "variables": orjson.dumps(variables).decode()})
    whole = [(name, variables[name]) for name in ("where", "orderBy") if name in variables]
    table = urlencode([(name, orjson.dumps(value).decode()) for name, value in whole])
    files = tuple(
        Way(label=label, href=f"{root}/table/{kind.plural}.{name}?{table}")
        for name, label in _FILES.items()
        if name in TABLE_FORMATS
    )
    return (*files, Way(label="GraphQL", href=f"{root}/playground?{query}"))


async def _counts(
    facet_reader: FacetReader, kind: ListKind, where: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    return {} if kind.document else await facet_reader.counts(kind, where)


def _text(kind: ListKind) -> str:
    return kind.document or document(kind.plural)


def _turn(start: Address, name: str, cursor: str) -> str:
    return str(start.set(**{name: cursor}))


def _value(one: Filter, found: Sequence[Chosen]) -> str:
    if one.many:
        return ""
    return next((entry.value for entry in found if entry.filter is one), "")


def _every_act(kind: ListKind, wanted: Asked, start: Address) -> Way | None:
    if kind.standing is None or any(one.filter.key == "act" for one in wanted.chosen):
        return None
    if dict(start.query).get("acts") == "all":
        return Way(
            label="Leave out what is only believed or wanted", href=str(start.set(acts=None))
        )
    return Way(label="Show what is believed or wanted, too", href=str(start.set(acts="all")))
