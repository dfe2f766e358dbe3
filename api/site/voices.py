"""Who gets to speak, as a page: the table of sources, each figure a link to what it counts."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Request, Response

from api.http.errors import ApiError, Code
from api.site.browse import Pages, address_of
from api.site.facets import facets_of
from api.site.filters import Filter
from api.site.keeping import Keeper
from api.site.kinds import BY_PLURAL
from api.site.links import Address, Pairs, node_href
from api.site.listing import Asked, Chip, Way, asked, chips_of
from api.site.pages import render
from api.site.words import SOURCE_ROLES
from api.tables.formats import TABLE_FORMATS
from api.tables.sources import GROUPINGS, Group, Grouping, groups_of, sources_document

PATH = "/sources"
_STATEMENTS = BY_PLURAL["statements"]
_MOST = 20
_OWN = ("by", "acts")
_FORM = ("outlet", "author", "country", "speaker", "year", "from", "to")
_FILES = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}

_SAID: Pairs = ()
_NAMED: Pairs = (("named", "named"),)
WHO: tuple[tuple[str, str, Pairs], ...] = (
    ("count", "Statements", _SAID),
    ("articles", "Articles", _SAID),
    ("sources", "Named sources", _NAMED),
    *((role.lower(), label, (("role", role.lower()),)) for role, label in SOURCE_ROLES.items()),
)
"""What the first table tells: a measure, its heading, and what it adds to the list's filters."""
HOW: tuple[tuple[str, str, Pairs], ...] = (
    ("words", "Words", _SAID),
    ("quotedWords", "of them quoted", (("kind", "direct"),)),
    ("quoted", "Quoted", (("kind", "direct"),)),
    ("partQuoted", "Partly quoted", (("kind", "mixed"),)),
    ("reported", "Reported", (("kind", "indirect"),)),
    ("firstThird", "First third", (("third", "first"),)),
    ("middleThird", "Middle third", (("third", "middle"),)),
    ("lastThird", "Last third", (("third", "last"),)),
)
"""What the second table tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure, and the address of the statements that it counts; empty for nought."""

    number: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A group of statements: its name, its page or list, its figures in both tables."""

    name: str
    href: str
    who: tuple[Cell, ...]
    how: tuple[Cell, ...]
    each: str
    """How many named sources an article has."""


Kept = Keeper[dict[str, Any]]
Measured = tuple[tuple[str, str, Pairs], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """What the page shows."""

    grouping: Grouping
    who: Measured
    how: Measured
    lines: tuple[Line, ...]
    more: bool
    ways: tuple[Way, ...]
    chips: tuple[Chip, ...]
    fields: tuple[tuple[Filter, str], ...]
    kept: Pairs
    takeaway: tuple[Way, ...]
    statements: str
    ignored: tuple[str, ...]


def router(pages: Pages) -> APIRouter:
    """The route ``/sources?by=…``, which takes the filters of ``/statements``."""
    routes = APIRouter(include_in_schema=False)
    kept: Kept = Keeper()

    @routes.api_route(PATH, methods=["GET", "HEAD"])
    async def sources(request: Request) -> Response:
        async def page(request: Request) -> str:
            site = pages.frame.site(request.scope)
            here = f"{site.root}{PATH}"
            shown = await voices(pages, kept, address_of(request, here), site.root)
            trail = (("Statements", "/statements"), ("Sources", ""))
            return render("sources.html", site, here=here, trail=trail, view=shown)

        return await pages.answer(request, page)

    return routes


async def voices(pages: Pages, kept: Kept, address: Address, root: str) -> Voices:
    """The page that ``address`` asks for; figures that took long may be some minutes old.

    Raises:
        ApiError: it asks for what there cannot be, or the database does not answer.
    """
    by = dict(address.query).get("by", "outlet")
    grouping = GROUPINGS.get(by)
    if grouping is None:
        msg = f"There is no table of sources by {by!r}; use one of {', '.join(GROUPINGS)}."
        raise ApiError(msg, code=Code.BAD_USER_INPUT, status=400)
    wanted = asked(_STATEMENTS, tuple(pair for pair in address.query if pair[0] != "by"))
    where = wanted.variables["where"]
    variables = {"where": where, "first": _MOST + 1}
    key = orjson.dumps([grouping.name, variables], option=orjson.OPT_SORT_KEYS)
    answer = await kept.get(key, lambda: pages.reader.run(sources_document(grouping), variables))
    found = groups_of(answer)
    who, how = (_told(columns, found, grouping) for columns in (WHO, HOW))
    clean = address.without(wanted.ignored)
    told = Address(path=f"{root}/statements", query=clean.without(["by"]).query)
    fields = tuple((one, _value(one, wanted)) for one in _STATEMENTS.filters if one.key in _FORM)
    shown = {one.key for one, _ in fields}
    return Voices(
        grouping=grouping,
        who=who,
        how=how,
        lines=tuple(_line(grouping, group, told, root, who, how) for group in found[:_MOST]),
        more=len(found) > _MOST,
        ways=tuple(
            Way(label=one.label, href=str(clean.set(by=name)), current=one is grouping)
            for name, one in GROUPINGS.items()
        ),
        chips=chips_of(wanted.chosen, facets_of(_STATEMENTS, {}, wanted.chosen, clean), clean),
        fields=fields,
        kept=tuple(pair for pair in clean.query if pair[0] not in shown),
        takeaway=_takeaway(grouping, where, root),
        statements=str(told),
        ignored=wanted.ignored,
    )


def _told(columns: Measured, groups: Sequence[Group], grouping: Grouping) -> Measured:
    """The columns that tell anything: those with a figure, and of roles none in a table of them."""
    return tuple(
        one
        for one in columns
        if any(group[one[0]] for group in groups)
        and not (grouping.name == "role" and one[0].upper() in SOURCE_ROLES)
    )


def _line(
    grouping: Grouping, group: Group, told: Address, root: str, who: Measured, how: Measured
) -> Line:
    name, _ = grouping.named(group)
    own = _narrowed(grouping, group, told)
    href = str(own)
    if grouping.key == "node":
        href = root + node_href(group["node"])
    elif grouping.name == "role":
        name = SOURCE_ROLES[name.upper()]
    return Line(
        name=name,
        href=href,
        who=tuple(_cell(group[measure], own, more) for measure, _, more in who),
        how=tuple(_cell(group[measure], own, more) for measure, _, more in how),
        each=f"{group['articleSources'] / group['articles']:.1f}" if group["articles"] else "",
    )


def _cell(number: int, own: Address, more: Pairs) -> Cell:
    for key, value in more:
        own = own.set(**{key: value})
    return Cell(number=number, href=str(own) if number else "")


def _narrowed(grouping: Grouping, group: Group, told: Address) -> Address:
    """The list of a group's statements: the filters of all, and the group's own."""
    match grouping.name:
        case "month":
            year, month = map(int, group["month"].split("-"))
            last = monthrange(year, month)[1]
            return _between(told, f"{group['month']}-01", f"{group['month']}-{last:02}")
        case "year":
            return _between(told, f"{group['year']:04}-01-01", f"{group['year']:04}-12-31")
        case "role":
            return told.set(role=str(group["value"]).lower())
        case "country" | "author":
            return told.add(grouping.name, str(group["node"]["id"]))
        case name:
            return told.set(**{name: str(group["node"]["id"])})


def _between(told: Address, first: str, last: str) -> Address:
    """The statements of ``told`` from one day to another, both included."""
    given = dict(told.query)
    return told.set(
        **{"from": max(first, given.get("from", first)), "to": min(last, given.get("to", last))}
    )


def _value(one: Filter, wanted: Asked) -> str:
    if one.many:
        return ""
    return next((entry.value for entry in wanted.chosen if entry.filter is one), "")


def _takeaway(grouping: Grouping, where: Mapping[str, Any] | None, root: str) -> tuple[Way, ...]:
    """The whole table in other forms."""
    text = sources_document(grouping)
    variables = {"where": where, "first": _MOST}
    query = urlencode({"query": text, "variables": orjson.dumps(variables).decode()})
    given = {"by": grouping.name} | ({"where": orjson.dumps(where).decode()} if where else {})
    files = tuple(
        Way(label=label, href=f"{root}{PATH}.{name}?{urlencode(given)}")
        for name, label in _FILES.items()
        if name in TABLE_FORMATS
    )
    return (*files, Way(label="GraphQL", href=f"{root}/playground?{query}"))
