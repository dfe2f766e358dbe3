"""Feeds over HTTP: ``/feeds`` lists them, ``/feeds/NAME.atom`` is one."""

import asyncio
import logging
from email.utils import formatdate, parsedate_to_datetime

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from api.feeds.atom import MEDIA_TYPE
from api.feeds.feeds import Document, FeedError, Feeds, NoFeedError
from api.http.availability import InThread
from api.http.errors import ApiError, Code
from api.site.frame import SiteFrame, html
from api.site.pages import render

_LOG = logging.getLogger(__name__)
_METHODS = ["GET", "HEAD"]
_LOOK_SECONDS = 60.0
_UNSURE_SECONDS = 2.0
"""Within such a time of a change there may be another in the same second."""


def router(feeds: Feeds, frame: SiteFrame, *, in_thread: InThread) -> APIRouter:
    """The routes."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/feeds", methods=_METHODS)
    async def listed(request: Request) -> Response:
        site = frame.site(request.scope)
        try:
            every = await run_sync(feeds.listed)
        except FeedError as error:
            known = ApiError(str(error), code=Code.BAD_USER_INPUT, status=400)
            return frame.failure(known, request)
        return html(render("feeds.html", site, here=f"{site.root}/feeds", feeds=every))

    @routes.api_route("/feeds/{name}.atom", methods=_METHODS)
    async def feed(request: Request, name: str, page: int | None = None) -> Response:
        def read() -> Document:
            try:
                return feeds.document(name, page)
            except NoFeedError as error:
                raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
            except FeedError as error:
                raise ApiError(str(error), code=Code.BAD_USER_INPUT, status=400) from error

        return _sent(request, await in_thread(read), feeds.now())

    return routes


async def look_for_ever(feeds: Feeds, in_thread: InThread) -> None:
    """Look at every feed now and again, so that each match is told of soon after it came."""
    while True:
        try:
            await in_thread(feeds.look_at_all)
        except Exception as error:  # it is tried again
            _LOG.info("feeds could not be looked at: %s", error)
        await asyncio.sleep(_LOOK_SECONDS)


def _sent(request: Request, document: Document, now: float) -> Response:
    """The document, or that it is as the client knows it (RFC 9110, section 13.2.2)."""
    headers = {"ETag": document.tag, "Cache-Control": "private, no-cache"}
    if now - document.changed > _UNSURE_SECONDS:
        headers["Last-Modified"] = formatdate(document.changed, usegmt=True)
    if _is_known(request, document):
        return Response(status_code=304, headers=headers)
    return Response(document.data, media_type=MEDIA_TYPE, headers=headers)


def _is_known(request: Request, document: Document) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return bool(known & {document.tag, "*"})
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return int(document.changed) <= since.timestamp()
    except (ValueError, TypeError, OverflowError):
        return False
