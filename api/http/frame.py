"""What every request has around it: an id, a key where keys are asked for, headers, figures.

A plain ASGI middleware: the frameworks' own ones cost more than all this does.
"""

import asyncio
import logging
import re
import time
import uuid
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.auth import KeyRing, given_key
from api.http.crowd import address_of
from api.http.errors import ApiError, as_api_error, internal
from api.http.guessing import Guesses
from api.http.hosts import Hosts
from api.http.observability import Metrics, log_request, request_span, route_of
from api.http.replies import Reply, refusal

# For answers that are data: a browser that shows one loads and runs nothing.
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What is open although keys are asked for: how the server is, and the pages' own files.
OPEN_ROUTES = frozenset(("assets", "health", "ready"))

_LOG = logging.getLogger(__name__)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADERS = tuple(
    (name.lower().encode("ascii"), value.encode("ascii"))
    for name, value in SECURITY_HEADERS.items()
)


class Frame:
    """Wraps an application.

    Args:
        app: the application.
        metrics: where figures are told.
        keys: the keys that are asked for, if any are.
        hosts: the hosts that are answered; None answers all.
        page: the page that tells a reader of an error; None for a program, which takes JSON.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        keys: KeyRing | None = None,
        hosts: Hosts | None = None,
        page: Callable[[ApiError, Scope], Reply | None] = lambda _error, _scope: None,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._keys = keys
        self._hosts = hosts
        self._page = page
        self._guesses = Guesses()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see its answer off."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1002})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        headers = Headers(scope=scope)
        exchange = _Exchange(send, _request_id(headers))
        scope.setdefault("state", {})["request_id"] = exchange.request_id
        route = route_of(scope["path"])
        with request_span(scope["method"], route, headers) as span:
            try:
                if self._hosts is not None:
                    self._hosts.check(headers)
                if self._keys is not None and route not in OPEN_ROUTES:
                    exchange.caller = await self._known(self._keys, headers, scope)
                await self._app(scope, receive, exchange.send)
            except ApiError as error:
                await self._refuse(error, exchange, scope)
            except Exception as error:  # the last resort: the process goes on, the log knows why
                known = as_api_error(error)
                if known is None:
                    _LOG.exception("request %s failed", exchange.request_id)
                await self._refuse(known or internal(exchange.request_id), exchange, scope)
            if span is not None:
                span.set_attribute("http.response.status_code", exchange.status)
        seconds = time.perf_counter() - started
        method = scope["method"]
        self._metrics.request(route=route, method=method, status=exchange.status, seconds=seconds)
        log_request(
            request_id=exchange.request_id,
            method=method,
            path=scope["path"],
            status=exchange.status,
            seconds=seconds,
            caller=exchange.caller,
        )

    async def _known(self, keys: KeyRing, headers: Headers, scope: Scope) -> str:
        """The name of the request's key.

        Raises:
            ApiError: it has none, or a wrong one; who has tried many is told that later.
        """
        try:
            return keys.check(headers)
        except ApiError:
            if given_key(headers):
                client = scope.get("client")
                await asyncio.sleep(self._guesses.wait(address_of(client[0]) if client else ""))
            raise

    async def _refuse(self, error: ApiError, exchange: "_Exchange", scope: Scope) -> None:
        """Send an error, unless an answer has begun.

        That is left without its last chunk, and the server closes the connection: the client can
        tell that it has not all of it (RFC 9112, 8).
        """
        if exchange.status:
            _LOG.error("answer %s broke off: %s", exchange.request_id, error)
            return
        reply = self._page(error, scope) or refusal(error)
        await reply.send(scope, exchange.send)


class _Exchange:
    """One answer on its way out."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status = 0
        self.caller = ""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", ()))
            names = {name.lower() for name, _ in headers}
            headers += [header for header in _HEADERS if header[0] not in names]
            headers.append((b"x-request-id", self.request_id.encode("ascii")))
            message = {**message, "headers": headers}
        await self._send(message)


def _request_id(headers: Headers) -> str:
    """The caller's id for the request where it does no harm in a log, else a new one."""
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
