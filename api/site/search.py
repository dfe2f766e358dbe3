"""What is found by words: hits in their context, with how many there are of each kind."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup, escape

from api.site.browse import Pages, address_of
from api.site.links import Address
from api.site.listing import Way
from api.site.pages import render
from api.site.words import Row

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
_EVERY = [name for _, names in _TYPES.values() for name in names]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found: the node, and where the words stand in it, as HTML."""

    node: Row
    excerpts: tuple[Markup, ...]


def router(pages: Pages) -> APIRouter:
    """The route ``/search?q=…&type=…``."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/search", methods=["GET", "HEAD"])
    async def search(request: Request) -> Response:
        async def page(request: Request) -> str:
            site = pages.frame.site(request.scope)
            asked = request.query_params
            text, kind = asked.get("q", "").strip(), asked.get("type", "")
            address = address_of(request, f"{site.root}/search")
            found: dict[str, Any] | None = None
            if text:
                types = list(_TYPES[kind][1]) if kind in _TYPES else _EVERY
                variables = {"text": text, "types": types, "first": _SIZE}
                found = await pages.reader.ask("search", {**variables, "after": asked.get("after")})
            return render(
                "search.html",
                site,
                trail=(("Search", ""),),
                text=text,
                found=found,
                hits=[_hit(edge) for edge in found["hits"]["edges"]] if found else [],
                kinds=_kinds(found, kind, address) if found else (),
                more=_more(found, address) if found else "",
            )

        return await pages.answer(request, page)

    return routes


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


def _kinds(found: Row, chosen: str, address: Address) -> tuple[tuple[Way, int], ...]:
    start = address.without(["after", "type"])
    counts = {name: found[name]["totalCount"] for name in _TYPES}
    every = Way(label="Everything", href=str(start), current=chosen not in _TYPES)
    ways = [(every, sum(counts.values()))]
    for name, (label, _) in _TYPES.items():
        way = Way(label=label, href=str(start.set(type=name)), current=name == chosen)
        if counts[name]:
            ways.append((way, counts[name]))
    return tuple(ways)


def _more(found: Row, address: Address) -> str:
    info = found["hits"]["pageInfo"]
    return str(address.set(after=info["endCursor"])) if info["hasNextPage"] else ""
