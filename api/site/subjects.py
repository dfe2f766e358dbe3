"""The pages about single things over HTTP, each at an address that can be guessed."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.graphql.asking import Ask
from api.graphql.naming import KINDS, UnknownNameError, find
from api.http.errors import ApiError, Code
from api.site.browse import Pages
from api.site.described import json_ld
from api.site.details import article_view, claim_page, statement_page
from api.site.kinds import LISTS
from api.site.links import thing_href
from api.site.pages import Site, article_href, render, render_article
from api.site.receipt_files import DOCUMENT, receipt_of
from api.site.thing_kinds import PAGES, PageKind
from api.site.things import thing_page, variables_of
from api.site.words import Row
from ontology.model import Model
from ontology.receipts import MEDIA_TYPE, dumped

_METHODS = ["GET", "HEAD"]
_OTHERWISE = {"outlet": "organization"}

Rendered = Callable[[Request, Row, dict[str, Any], Site], Awaitable[str]]


class Subjects:
    """Makes the pages about things.

    Args:
        pages: answers requests.
        ask: looks names up.
        model: the ontology.
    """

    def __init__(self, pages: Pages, ask: Ask, model: Model) -> None:
        self._pages = pages
        self._ask = ask
        self._model = model
        self._titles = {kind.plural: kind.title for kind in LISTS}

    async def named(self, request: Request, kind: PageKind, key: str) -> str | Response:
        """The page of a thing with a name, or the way to it for who writes its name."""
        site = self._pages.frame.site(request.scope)
        identifier = f"{kind.id_segment}/{key}"
        variables = variables_of(kind, identifier)
        answer = await self._pages.reader.ask(kind.segment, variables)
        thing = answer["thing"]
        if thing is None:
            return await self._elsewhere(kind, key, identifier, site)
        if kind.segment == "organization" and thing["__typename"] == "Outlet":
            return _moved(site.root + thing_href(identifier, "Outlet"))
        return render(
            "thing.html",
            site,
            trail=((self._titles[kind.plural], f"/{kind.plural}"), (thing["name"], "")),
            view=thing_page(kind, answer, site.root),
            together=(answer.get("together") or {}).get("edges", []),
            data=json_ld(thing, self._model),
        )

    async def claim(self, request: Request, key: str) -> str | Response:
        """The page of a claim."""
        site = self._pages.frame.site(request.scope)
        claim = await self._thing("claim", f"claim/{key}")
        return render(
            "claim.html",
            site,
            trail=(("Claims", "/claims"), (claim["text"], "")),
            view=claim_page(claim),
            data=json_ld(claim, self._model),
        )

    async def statement(self, request: Request, key: str) -> str | Response:
        """The receipt of a statement."""
        site = self._pages.frame.site(request.scope)
        identifier = f"statement/{key}"
        said = await self._thing("statement", identifier)
        article = said["article"]
        return render(
            "statement.html",
            site,
            trail=(("Statements", "/statements"), (said["text"], "")),
            view=statement_page(said),
            in_article=article_href(article["id"], identifier) if article else "",
            data=json_ld(said, self._model),
        )

    async def receipt(self, key: str) -> Response:
        """The receipt of a statement as a file."""
        identifier = f"statement/{key}"
        found = (await self._pages.reader.ask(DOCUMENT, {"id": identifier}))["statement"]
        if found is None:
            raise _missing(identifier)
        headers = {"Content-Disposition": 'attachment; filename="receipt.json"'}
        return Response(dumped(receipt_of(found)), media_type=MEDIA_TYPE, headers=headers)

    async def article(self, request: Request, key: str) -> str | Response:
        """An article to be read, its statements marked."""
        site = self._pages.frame.site(request.scope)
        identifier = f"article/{key}"
        found = await article_view(self._pages.reader, identifier, site.root)
        if found is None:
            raise _missing(identifier)
        asked = request.query_params
        return render_article(
            found, site, chosen=asked.get("statement"), every_act=asked.get("acts") == "all"
        )

    async def _thing(self, document: str, identifier: str) -> Row:
        found: Row | None = (await self._pages.reader.ask(document, {"id": identifier}))["thing"]
        if found is None:
            raise _missing(identifier)
        return found

    async def _elsewhere(self, kind: PageKind, key: str, identifier: str, site: Site) -> Response:
        """The way to the thing that is meant: one of another class, or one of that name."""
        if kind.segment in _OTHERWISE:
            other = (await self._pages.reader.ask("organization", {"id": identifier}))["thing"]
            if other is not None:
                return _moved(site.root + thing_href(identifier, other["__typename"]))
        if kind.segment not in KINDS:
            raise _missing(identifier)
        try:
            found = await find(self._ask, key.replace("_", " "), kind.segment)
        except UnknownNameError as error:
            raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
        label = "Outlet" if "Outlet" in found.labels else ""
        return _moved(site.root + thing_href(found.id, label))


def router(subjects: Subjects, pages: Pages) -> APIRouter:
    """The routes of the pages about things."""
    routes = APIRouter(include_in_schema=False)

    def add(segment: str, made: Callable[[Request, str], Awaitable[str | Response]]) -> None:
        @routes.api_route(f"/{segment}/{{key:path}}", methods=_METHODS, name=segment)
        async def route(request: Request, key: str) -> Response:
            return await pages.answer(request, lambda one: made(one, key))

    def add_named(kind: PageKind) -> None:
        add(kind.segment, lambda request, key: subjects.named(request, kind, key))

    @routes.api_route("/statement/{key}/receipt.json", methods=_METHODS)
    async def receipt(request: Request, key: str) -> Response:
        return await pages.answer(request, lambda _: subjects.receipt(key))

    for kind in PAGES:
        add_named(kind)
    add("claim", subjects.claim)
    add("statement", subjects.statement)
    add("article", subjects.article)
    return routes


def _moved(address: str) -> Response:
    return RedirectResponse(quote(address, safe="/%?=&:,"), status_code=303)


def _missing(identifier: str) -> ApiError:
    message = f"The graph has no {identifier.partition('/')[0]} with the id {identifier}."
    return ApiError(message, code=Code.NOT_FOUND, status=404)
