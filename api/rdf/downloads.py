"""The export over HTTP: ``GET /export.ttl`` and friends, as fast as the client reads."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Annotated

import anyio
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from api.http.availability import InThread
from api.http.errors import ApiError, Code
from api.rdf.export import export
from api.rdf.parts import Part
from ontology.iris import DEFAULT_BASE
from ontology.rdf.values import RdfError
from ontology.rdf.writing import FORMATS, Format
from queries.database import Database

_METHODS = ["GET", "HEAD"]


def router(
    database: Database, *, base: str = DEFAULT_BASE, in_thread: InThread = run_sync
) -> APIRouter:
    """The routes of the export: one for each format, the whole graph or a part of it.

    ``article`` (an id, any number of times), ``country`` (a code) and ``since`` (a day) narrow the
    part down, all together. The reading begins by ``in_thread``.
    """
    routes = APIRouter(include_in_schema=False)

    def route(form: Format) -> None:
        @routes.api_route(f"/export.{form.extension}", methods=_METHODS)
        async def download(
            request: Request,
            article: Annotated[list[str] | None, Query()] = None,
            country: str | None = None,
            since: str | None = None,
        ) -> Response:
            headers = {"Content-Disposition": f'inline; filename="newsgraph.{form.extension}"'}
            if request.method == "HEAD":
                return Response(media_type=form.media_type, headers=headers)
            pieces = export(
                database.driver,
                form.name,
                base=base,
                database=database.name,
                part=part_of(article, country, since),
            )
            return StreamingResponse(
                await started(pieces, in_thread), media_type=form.media_type, headers=headers
            )

    for form in FORMATS.values():
        route(form)
    return routes


_MAKERS = 2
"""How many threads make pieces of streams: more would keep quick answers from Python's lock."""
_THREADS: RunVar[CapacityLimiter] = RunVar("threads that make pieces of streams")


def _few() -> CapacityLimiter:
    try:
        return _THREADS.get()
    except LookupError:
        made = CapacityLimiter(_MAKERS)
        _THREADS.set(made)
        return made


async def started(pieces: Iterator[bytes], in_thread: InThread = run_sync) -> AsyncIterator[bytes]:
    """``pieces`` once the first of them are there, so that what fails at once is told as an error.

    Each further piece is made when the client has taken the one before.

    Raises:
        ApiError: the graph cannot be exported, or the part is not there.
    """
    try:
        first = await in_thread(lambda: [next(pieces, b""), next(pieces, b"")])
    except RdfError as error:
        raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
    return _streamed(first, pieces)


async def _streamed(first: list[bytes], pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    try:
        for piece in first:
            yield piece
        while (further := await run_sync(_next, pieces, limiter=_few())) is not None:
            yield further
    finally:
        # A client that leaves cancels this; the reading behind it ends all the same.
        with anyio.CancelScope(shield=True):
            await run_sync(getattr(pieces, "close", lambda: None))


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)


def part_of(article: list[str] | None, country: str | None, since: str | None) -> Part | None:
    """The part that an address asks for; None for the whole graph.

    Raises:
        ApiError: ``since`` is not a day.
    """
    if not article and country is None and since is None:
        return None
    try:
        day = date.fromisoformat(since) if since is not None else None
    except ValueError as error:
        msg = f"'since' is {since!r}, which is not a date; dates look like 2023-03-20."
        raise ApiError(msg, code=Code.BAD_USER_INPUT) from error
    return Part(articles=tuple(article or ()), country=country, since=day)
