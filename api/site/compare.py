"""Two people, organizations, outlets or countries side by side on one matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from fastapi import APIRouter, Request, Response

from api.graphql.asking import Ask
from api.graphql.naming import Thing, UnknownNameError, find, find_all
from api.graphql.statement_filter import TOLD
from api.http.errors import ApiError, Code
from api.site.browse import Pages
from api.site.filters import Condition, every, nested
from api.site.links import Address, thing_href
from api.site.pages import render
from api.site.words import KINDS, Row

_LONGEST = 200
_FIELDS = ("a", "b", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two: what it is, what it said, and the list of all of that."""

    name: str
    href: str
    told: Row
    denied: int
    all: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure for both sides, each with the address of what it counts."""

    label: str
    a: int
    b: int
    a_href: str
    b_href: str


def router(pages: Pages, ask: Ask) -> APIRouter:
    """The route ``/compare?a=…&b=…&about=…``; names, codes and ids are taken."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/compare", methods=["GET", "HEAD"])
    async def compare(request: Request) -> Response:
        async def page(request: Request) -> str:
            site = pages.frame.site(request.scope)
            given = {
                name: request.query_params.get(name, "").strip()[:_LONGEST] for name in _FIELDS
            }
            shown = None
            if given["a"] and given["b"]:
                shown = await _compared(pages, ask, given, site.root)
                given |= {"a": shown["a"].name, "b": shown["b"].name, "about": shown["about"]}
            elif given["a"] or given["b"]:
                name = "a" if given["a"] else "b"
                given[name] = (await _found(ask, given[name])).name
            here = f"{site.root}/compare"
            trail = (("Compare", ""),)
            return render("compare.html", site, here=here, trail=trail, given=given, shown=shown)

        return await pages.answer(request, page)

    return routes


async def _compared(pages: Pages, ask: Ask, given: Mapping[str, str], root: str) -> dict[str, Any]:
    things = {name: await _found(ask, given[name]) for name in ("a", "b")}
    (matter,) = await find_all(ask, [(given["about"], "country")]) if given["about"] else [None]
    about, more = _matter(given["about"], matter)
    where = {name: _where(thing, about) for name, thing in things.items()}
    denied = {"denied": {"eq": True}}
    variables = {
        **where,
        **{f"{name}Denied": every([one, denied]) for name, one in where.items() if one},
    }
    told = await pages.reader.ask("compare", variables)
    lists = {
        name: Address(path=f"{root}/statements", query=((_key(thing), thing.id), *more.items()))
        for name, thing in things.items()
    }
    sides = {
        name: Side(
            name=thing.name,
            href=root + thing_href(thing.id, "Outlet" if "Outlet" in thing.labels else ""),
            told=told[name],
            denied=told[f"{name}Denied"]["totalCount"],
            all=str(lists[name]),
        )
        for name, thing in things.items()
    }

    def line(label: str, a: int, b: int, **narrowed: str) -> Line:
        a_href, b_href = (
            str(reduce(lambda one, pair: one.add(*pair), narrowed.items(), lists[name]))
            for name in ("a", "b")
        )
        return Line(label=label, a=a, b=b, a_href=a_href, b_href=b_href)

    lines = [line("Statements", sides["a"].told["totalCount"], sides["b"].told["totalCount"])]
    for kind, words in KINDS.items():
        counts = [_counts(side.told, "byKind", "value").get(kind, 0) for side in sides.values()]
        lines.append(line(words.capitalize(), *counts, kind=kind.lower()))
    lines.append(line("Denied", sides["a"].denied, sides["b"].denied, said="denied"))
    years = [_counts(side.told, "byYear", "year") for side in sides.values()]
    for year in sorted({*years[0], *years[1]}, reverse=True):
        one, other = (counts.get(year, 0) for counts in years)
        lines.append(line(f"In {year}", one, other, year=str(year)))
    name = matter.name if matter else given["about"]
    return {**sides, "about": name, "lines": lines, "countries": _countries(sides, line)}


def _countries(sides: Mapping[str, Side], line: Any) -> list[Line]:
    """The countries that either speaks about, those of both first."""
    counts = [
        {
            entry["node"]["id"]: (entry["node"]["name"], entry["count"])
            for entry in side.told["aggregate"]["byCountry"]
        }
        for side in sides.values()
    ]
    names = {key: name for one in counts for key, (name, _) in one.items()}
    made = [
        line(f"About {name}", *(one.get(key, ("", 0))[1] for one in counts), country=key)
        for key, name in names.items()
    ]
    return sorted(made, key=lambda one: (not (one.a and one.b), -(one.a + one.b), one.label))


def _counts(told: Row, group: str, key: str) -> dict[Any, int]:
    return {entry[key]: entry["count"] for entry in told["aggregate"][group]}


def _matter(text: str, country: Thing | None) -> tuple[list[Condition], dict[str, str]]:
    """What statements are to be about: a country, or words; as a condition and as filters."""
    if country is not None:
        return [nested("about.some.id.eq", country.id)], {"country": country.id}
    return ([nested("text.contains", text)], {"text": text}) if text else ([], {})


def _where(thing: Thing, about: list[Condition]) -> Condition | None:
    path = {"outlet": "statedIn.publishedBy.id.eq", "speaker": "attributedTo.id.eq"}
    return every([dict(TOLD), nested(path[_key(thing)], thing.id), *about])


def _key(thing: Thing) -> str:
    """The filter of statements that a thing fills: an outlet's are those that it printed."""
    return "outlet" if "Outlet" in thing.labels else "speaker"


async def _found(ask: Ask, text: str) -> Thing:
    try:
        found = await find(ask, text, "thing")
    except UnknownNameError as error:
        raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
    if not {"Person", "Organization", "Country"} & set(found.labels):
        msg = f"{found.name} cannot be compared; name people, organizations, outlets or countries."
        raise ApiError(msg, code=Code.BAD_USER_INPUT, status=400)
    return found
