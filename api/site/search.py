"""What is found by words and by meaning: hits in their context, with facets and counts."""

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup, escape

from api.site.browse import Pages, address_of
from api.site.facets import Facet, facets_of
from api.site.filters import Filter, chosen, every
from api.site.kinds import BY_PLURAL
from api.site.links import Address, Pairs
from api.site.listing import Chip, Way, chips_of
from api.site.pages import render
from api.site.words import ROLES, Row

_SIZE = 20
_TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "statement": ("Statements", ("STATEMENT",)),
    "claim": ("Claims", ("CLAIM",)),
    "article": ("Articles", ("ARTICLE",)),
    "person": ("People", ("PERSON",)),
    "organization": ("Organizations", ("ORGANIZATION", "OUTLET")),
    "country": ("Countries", ("COUNTRY",)),
    "document": ("Documents", ("DOCUMENT",)),
}
# A claim is found by the statements that make it: beside them it would be there twice.
_EVERY = [name for kind, (_, names) in _TYPES.items() if kind != "claim" for name in names]
_ROLE = Filter(key="role", label="Speaker cited as", form="choice", facet="byRole", words=ROLES)
_FILTERS = (
    *(one for one in BY_PLURAL["statements"].filters if one.facet or one.form in ("from", "to")),
    _ROLE,
)
_KIND = replace(BY_PLURAL["statements"], filters=_FILTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found: the node, and where the words stand in it, as HTML."""

    node: Row
    excerpts: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found, for its template; ``near`` hits only resemble what was asked."""

    total: int
    hits: tuple[Hit, ...]
    near: tuple[Hit, ...]
    kinds: tuple[Way, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    more: str
    first: bool
    address: Address


def router(pages: Pages) -> APIRouter:
    """The route ``/search?q=…``, with ``type`` and the filters of statements."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/search", methods=["GET", "HEAD"])
    async def search(request: Request) -> Response:
        async def page(request: Request) -> str:
            site = pages.frame.site(request.scope)
            text = request.query_params.get("q", "").strip()
            address = address_of(request, f"{site.root}/search")
            found = await _found(pages, text, address) if text else None
            trail = (("Search", ""),)
            return render("search.html", site, trail=trail, text=text, found=found)

        return await pages.answer(request, page)

    return routes


def search_variables(text: str, pairs: Pairs) -> dict[str, Any]:
    """The variables of the search for ``text`` that the query string ``pairs`` asks for.

    Raises:
        ApiError: a value stands for nothing; the message says which would.
    """
    values = dict(pairs)
    kind = values.get("type", "")
    narrowed = chosen(_FILTERS, pairs)
    conditions = [one.filter.condition(one.value) for one in narrowed if one.filter is not _ROLE]
    roles = [
        one.value.upper() for one in narrowed if one.filter is _ROLE and _ROLE.check(one.value)
    ]
    return {
        "text": text,
        "types": list(_TYPES[kind][1]) if kind in _TYPES else _EVERY,
        "where": every(conditions),
        "roles": roles or None,
        "first": _SIZE,
        "after": values.get("after"),
    }


async def _found(pages: Pages, text: str, address: Address) -> Found:
    values = dict(address.query)
    kind = values.get("type", "")
    narrowed = chosen(_FILTERS, address.query)
    variables = search_variables(text, address.query)
    told = (await pages.reader.ask("search", variables))["hits"]
    start = address.without(["after"])
    facets = facets_of(_KIND, {"list": told}, narrowed, start)
    info = told["pageInfo"]
    hits = [(edge["match"], _hit(edge)) for edge in told["edges"]]
    return Found(
        total=told["totalCount"],
        hits=tuple(hit for match, hit in hits if match != "NEAR"),
        near=tuple(hit for match, hit in hits if match == "NEAR"),
        kinds=_kinds(kind, start),
        facets=facets,
        chips=chips_of(narrowed, facets, start),
        more=str(start.set(after=info["endCursor"])) if info["hasNextPage"] else "",
        first="after" not in values,
        address=start,
    )


def _hit(edge: Row) -> Hit:
    excerpts = tuple(
        _marked(one["text"], one["matches"])
        for one in edge["highlights"]
        if one["field"] in ("text", "title", "description", "aliases")
    )
    return Hit(node=edge["node"], excerpts=excerpts)


def _marked(text: str, matches: list[str]) -> Markup:
    """The text with its matches marked, each where it next stands."""
    made, place = Markup(), 0
    for match in matches:
        start = text.find(match, place)
        if start < 0:
            continue
        made += escape(text[place:start]) + Markup("<mark>") + escape(match) + Markup("</mark>")
        place = start + len(match)
    return made + escape(text[place:])


def _kinds(kind: str, start: Address) -> tuple[Way, ...]:
    """The kinds of things that a search can be kept to."""
    whole = start.without(["type"])
    every_kind = Way(label="Everything", href=str(whole), current=kind not in _TYPES)
    ways = (
        Way(label=label, href=str(whole.set(type=name)), current=name == kind)
        for name, (label, _) in _TYPES.items()
    )
    return (every_kind, *ways)
