"""The server below the application: connections that are slow, stalled or too many, and the end.

uvicorn waits for ever for the rest of a request's head and for a client that does not read its
answer. Here both have a time, and an address has only so many connections, so that those held open
(Slowloris) cannot add up.
"""

import asyncio
import gc
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.http.crowd import Crowd, address_of, open_files
from api.http.limits import Limits

_KEEP_ALIVE_SECONDS = 15
_CLOSE = b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout" + _CLOSE
_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large" + _CLOSE
_TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1" + _CLOSE


def make_server(app: ASGIApp, limits: Limits, *, log_level: str = "warning") -> uvicorn.Server:
    """A server for ``app``; run it with ``server.run(sockets=[…])``.

    On SIGTERM or Ctrl-C it takes no new connections, lets what runs finish for as long as an
    operation may take, and then ends.
    """
    config = uvicorn.Config(
        app,
        http=_impatient(limits, Crowd(limits, open_files(limits.connections))),
        ws="none",
        access_log=False,
        server_header=False,
        log_config=None,  # its records go where ours go
        log_level=log_level,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=int(limits.query_seconds) + 5,
    )
    _spare_the_collector()
    return uvicorn.Server(config)


def _spare_the_collector() -> None:
    """Let large answers be made without looking for cycles, which they do not have.

    With Python's defaults an answer of 1,000 articles spent most of its time in full collections
    that went over every type and document of the schema, and found nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _impatient(limits: Limits, crowd: Crowd) -> type[asyncio.Protocol]:
    """The protocol of one connection, which waits for its client only so long."""

    class Impatient(HttpToolsProtocol):
        _head_timer: asyncio.TimerHandle | None = None
        _send_timer: asyncio.TimerHandle | None = None
        _head_size = 0
        _address = ""

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._address = address_of(self.client[0]) if self.client else ""
            if crowd.enter(self, self._address):
                self._await_head()
            else:
                self._give_up(_TOO_MANY)

        @property
        def waits(self) -> bool:
            return self.cycle is None or self.cycle.response_complete

        def give_way(self) -> None:
            self.transport.abort()

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            super().data_received(data)
            if self.cycle is not before:
                self._stop_waiting()
            elif self.waits:
                self._head_size += len(data)
                if self._head_size > limits.head_bytes:
                    self._give_up(_TOO_LONG)
                elif self._head_timer is None:
                    self._await_head()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._send_timer = self.loop.call_later(limits.send_seconds, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._send_timer is not None:
                self._send_timer.cancel()

        def connection_lost(self, exc: Exception | None) -> None:
            crowd.leave(self, self._address)
            self._stop_waiting()
            if self._send_timer is not None:
                self._send_timer.cancel()
            super().connection_lost(exc)

        def _await_head(self) -> None:
            self._head_timer = self.loop.call_later(limits.head_seconds, self._give_up, _TOO_SLOW)

        def _stop_waiting(self) -> None:
            self._head_size = 0
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None

        def _give_up(self, answer: bytes) -> None:
            if not self.transport.is_closing():
                self.transport.write(answer)
                self.transport.close()

    return Impatient
