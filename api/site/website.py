"""The pages of the API over HTTP: landing page, playground, graph view, articles, their files.

What the pages show comes from a :class:`Content`; this module knows no database.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from api.graphql.examples import Example
from api.http.errors import ApiError, Code
from api.site.assets import Assets, MissingAssetsError
from api.site.frame import PAGE_HEADERS, SiteFrame
from api.site.pages import (
    Link,
    Site,
    render_graph,
    render_message,
    render_playground,
)
from api.site.picture import Picture
from api.site.webbuild import BUILDS, STATIC

_METHODS = ["GET", "HEAD"]
_MOST_PARTS = 5
_FOR_EVER = "public, max-age=31536000, immutable"
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}
_FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g stroke="#0b5a8a" '
    'stroke-width="2.5"><path d="M9 10 23 8M9 10l7 14M23 8l-7 16"/></g><g stroke="#fff">'
    '<circle cx="9" cy="10" r="5.5" fill="#f79767"/><circle cx="23" cy="8" r="4.5" '
    'fill="#8dcc93"/><circle cx="16" cy="24" r="5.5" fill="#ffc454"/></g></svg>'
)


class Content(Protocol):
    """What the pages show, read from the graph. Ids are those of the ontology.

    A database that is away, or slow, is an :class:`ApiError`.
    """

    async def picture(self, about: str | None, further: Sequence[str] = ()) -> Picture | None:
        """What is around nodes, or the busiest part of the graph; None where there is none."""

    async def examples(self) -> tuple[Example, ...]:
        """The playground's documents; a database that is away is no error here."""


def router(
    *,
    content: Content,
    links: Sequence[Link] = (),
    static: Path = STATIC,
) -> APIRouter:
    """The routes of the pages.

    Args:
        content: what they show.
        links: further ways into the graph for the head of each page; a path counts from where
            the application stands.
        static: the built front end.
    """
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    assets = Assets(static)
    frame = SiteFrame(links=links, assets=assets)

    def site(request: Request) -> Site:
        return frame.site(request.scope)

    @routes.api_route("/playground", methods=_METHODS)
    async def playground(request: Request) -> Response:
        try:
            return _html(render_playground(site(request)))
        except MissingAssetsError as missing:
            return message(request, "The playground is not available", str(missing), status=503)

    @routes.api_route("/playground/examples.json", methods=_METHODS)
    async def example_documents() -> Response:
        headers = {**PAGE_HEADERS, "Cache-Control": "no-cache"}
        documents = await content.examples()
        return Response(orjson.dumps(documents), media_type="application/json", headers=headers)

    async def drawn(request: Request) -> Picture:
        about = request.query_params.get("about")
        further = request.query_params.getlist("with")[:_MOST_PARTS]
        picture = await content.picture(about or None, further)
        if picture is None:
            text = f"The graph has nothing with the id {about}." if about else "The graph is empty."
            raise ApiError(text, code=Code.NOT_FOUND, status=404)
        return replace(picture, explore=f"{frame.site(request.scope).root}/graph?about=")

    @routes.api_route("/graph", methods=_METHODS)
    async def graph(request: Request) -> Response:
        try:
            return _html(render_graph(await drawn(request), site(request), request.url.query))
        except MissingAssetsError as missing:
            return message(request, "The graph view is not available", str(missing), status=503)
        except ApiError as error:
            return frame.failure(error, request)

    @routes.api_route("/graph.json", methods=_METHODS)
    async def graph_data(request: Request) -> Response:
        headers = {**PAGE_HEADERS, "Cache-Control": "no-cache"}
        data = orjson.dumps(await drawn(request))
        return Response(data, media_type="application/json", headers=headers)

    @routes.api_route("/assets/favicon.svg", methods=_METHODS)
    async def favicon() -> Response:
        headers = {**PAGE_HEADERS, "Cache-Control": "public, max-age=86400"}
        return Response(_FAVICON, media_type="image/svg+xml", headers=headers)

    @routes.api_route("/assets/{build}/{name}", methods=_METHODS)
    def asset(request: Request, build: str, name: str) -> Response:
        path = assets.path(f"{build}/{name}")
        if build not in BUILDS or not _FILE.fullmatch(name) or not path.is_file():
            return message(
                request, "No such file", f"The file {build}/{name} does not exist.", status=404
            )
        return _file(path, request.headers.get("accept-encoding", ""))

    def message(request: Request, title: str, text: str, *, status: int) -> Response:
        return _html(render_message(title, text, site(request)), status=status)

    return routes


def _html(page: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    every = {**PAGE_HEADERS, "Cache-Control": "no-cache", **(headers or {})}
    return HTMLResponse(page, status_code=status, headers=every)


def _file(path: Path, accepted: str) -> Response:
    """A built file, compressed where the client takes it; its name changes with its content."""
    headers = {**PAGE_HEADERS, "Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
    packed = path.with_name(f"{path.name}.gz")
    if "gzip" in accepted and packed.is_file():
        headers["Content-Encoding"] = "gzip"
        return FileResponse(packed, headers=headers, media_type=_media_type(path))
    return FileResponse(path, headers=headers, media_type=_media_type(path))


def _media_type(path: Path) -> str:
    return _TYPES.get(path.suffix, "application/octet-stream")
