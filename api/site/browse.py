"""The pages that are read from the graph: lists, and what they lead to, over HTTP."""

import hashlib
import time
from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, Request, Response

from api.http.errors import ApiError
from api.site.facets import FacetReader
from api.site.frame import READING_HEADERS, SiteFrame, html
from api.site.front import landing, render_landing
from api.site.keeping import Keeper
from api.site.kinds import LISTS, ListKind
from api.site.links import Address
from api.site.listing import listing
from api.site.pages import render
from api.site.reading import Reader
from api.site.words import Row

_METHODS = ["GET", "HEAD"]
_LONGEST_QUERY = 8_000

Page = Callable[[Request], Awaitable[str | Response]]


class Pages:
    """Answers requests for pages, each with a tag of the graph that it shows.

    Args:
        reader: reads the graph.
        frame: makes what all pages have in common.
    """

    def __init__(self, reader: Reader, frame: SiteFrame) -> None:
        self.reader = reader
        self.facets = FacetReader(reader)
        self.frame = frame
        self._home: Keeper[Row] = Keeper()
        self._stamp = hashlib.sha256(repr(frame).encode()).hexdigest()

    async def home(self) -> Row:
        """What the home page shows, which may be some minutes old in a large graph.

        Raises:
            ApiError: the database does not answer.
        """
        return await self._home.get("home", lambda: landing(self.reader))

    async def answer(
        self,
        request: Request,
        page: Page,
        *,
        otherwise: Callable[[ApiError], Response] | None = None,
    ) -> Response:
        """The page, that it has not changed, or why there is none, as ``otherwise`` tells it."""
        try:
            version = await self.reader.version()
            tag = self._tag(version, request)
            caching = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
            if tag in request.headers.get("if-none-match", ""):
                # A browser takes the headers of this answer for those of the page that it kept.
                return Response(status_code=304, headers={**READING_HEADERS, **caching})
            made = await page(request)
        except ApiError as error:
            return otherwise(error) if otherwise else self.frame.failure(error, request)
        return made if isinstance(made, Response) else html(made, headers=caching)

    def _tag(self, version: str, request: Request) -> str:
        digest = hashlib.sha256()
        root = str(request.scope.get("root_path", ""))
        minute = str(int(time.time() // 60))  # figures that are kept change without the graph
        for part in (self._stamp, version, minute, root, request.url.path, request.url.query):
            digest.update(f"{len(part)}:{part}".encode())
        return f'W/"{digest.hexdigest()[:32]}"'


def router(pages: Pages, others: Sequence[ListKind] = ()) -> APIRouter:
    """The routes of the home page and of lists; ``others`` are made from the ontology."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/", methods=_METHODS)
    async def home(request: Request) -> Response:
        async def page(request: Request) -> str:
            return render_landing(await pages.home(), pages.frame.site(request.scope))

        def without(error: ApiError) -> Response:
            text = render_landing(None, pages.frame.site(request.scope))
            return html(text, status=error.status, headers=error.headers)

        return await pages.answer(request, page, otherwise=without)

    def add(kind: ListKind) -> None:
        async def page(request: Request) -> str:
            site = pages.frame.site(request.scope)
            address = address_of(request, f"{site.root}/{kind.plural}")
            shown = await listing(pages.reader, pages.facets, kind, address)
            trail = ((kind.title, ""),)
            here = f"{site.root}/{kind.plural}"
            return render("list.html", site, here=here, trail=trail, listing=shown)

        @routes.api_route(f"/{kind.plural}", methods=_METHODS, name=kind.plural)
        async def route(request: Request) -> Response:
            return await pages.answer(request, page)

    for one in (*LISTS, *others):
        add(one)
    return routes


def address_of(request: Request, path: str) -> Address:
    """The address that a request asks for, as pages link on from it."""
    pairs = tuple(
        (name, value) for name, value in request.query_params.multi_items() if value.strip()
    )
    return Address(path=path, query=pairs)
