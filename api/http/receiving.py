"""Read a request's body: no more bytes than allowed, and no longer than allowed."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import Receive

from api.http.errors import ApiError, Code
from api.http.limits import Limits
from queries.counts import counted


async def read_body(receive: Receive, headers: Headers, limits: Limits) -> bytes:
    """The whole body.

    Raises:
        ApiError: it is longer than allowed, comes too slowly, or breaks off.
    """
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limits.body_bytes:
        raise _too_large(limits)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _read(receive, limits)
    except TimeoutError as error:
        raise ApiError(
            f"The body did not arrive within {counted(limits.body_seconds, 'second')}.",
            code=Code.REQUEST_TIMEOUT,
            status=408,
            headers={"Connection": "close"},
        ) from error


async def _read(receive: Receive, limits: Limits) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ApiError("The client disconnected before its request was read.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limits.body_bytes:
            raise _too_large(limits)
        if not message.get("more_body", False):
            return b"".join(parts)


def _too_large(limits: Limits) -> ApiError:
    # What is left of the body is not read, so that the connection cannot be used again.
    return ApiError(
        f"The body is larger than {counted(limits.body_bytes, 'byte')}.",
        code=Code.PAYLOAD_TOO_LARGE,
        status=413,
        extensions={"limit": "body_bytes", "maximum": limits.body_bytes},
        headers={"Connection": "close"},
    )
