"""A connection over Bolt: greeting, messages in chunks, replies put together again.

Bolt 5.4, https://neo4j.com/docs/bolt/current/bolt/handshake/ and .../message/.
"""

import asyncio

from neo4j.exceptions import Neo4jError, ServiceUnavailable

from api.graphql.bolt_codec import field, packed

_PREAMBLE = b"\x60\x60\xb0\x17" + b"\x00\x00\x04\x05" + bytes(12)
_VERSION = b"\x00\x00\x04\x05"
_HELLO, _LOGON = b"\xb1\x01", b"\xb1\x6a"
_FAILURE, _RECORD = 0x7F, 0x71
_CHUNK = 65_535
_AGENT = "newsgraph/1"
_AWAY = "The connection to the database was lost."


class Connection(asyncio.Protocol):
    """One connection: messages out, and as many in as make an answer."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._version = b""
        self._unread = bytearray()
        self._message = bytearray()
        self._replies: list[bytearray] = []
        self._summaries = 0

    @property
    def closed(self) -> bool:
        """Whether nothing can be asked any more."""
        return self._transport is None or self._transport.is_closing()

    def abort(self) -> None:
        """Hang up at once."""
        if self._transport is not None:
            self._transport.abort()

    async def greet(self, auth: tuple[str, str]) -> None:
        """Agree on the version, and say who asks."""
        self._send(_PREAMBLE)
        await self._arrival()
        if self._version != _VERSION:
            self.abort()
            msg = "The database does not speak Bolt 5.4."
            raise ServiceUnavailable(msg)
        user, password = auth
        token = {"scheme": "basic", "principal": user, "credentials": password}
        hello = {
            "user_agent": _AGENT,
            "bolt_agent": {"product": _AGENT},
            "notifications_minimum_severity": "OFF",
        }
        logon = _LOGON + packed(token if user else {"scheme": "none"})
        await self.ask([_HELLO + packed(hello), logon], summaries=2)

    async def ask(self, messages: list[bytes], *, summaries: int) -> list[bytearray]:
        """Send messages and give the replies, of which ``summaries`` are no records."""
        self._replies, self._summaries = [], summaries
        self._send(b"".join(map(_chunked, messages)))
        await self._arrival()
        for reply in self._replies:
            if reply[1] == _FAILURE:
                told = field(reply)
                raise Neo4jError._basic_hydrate(
                    neo4j_code=told.get("code", ""), message=told.get("message", "")
                )
        return self._replies

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The transport is there."""
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing will arrive any more."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(ServiceUnavailable(_AWAY))

    def data_received(self, data: bytes) -> None:
        """Put messages together from their chunks, and wake who waits for the last one."""
        if len(self._version) < len(_VERSION):
            self._version += data
            self._wake()
            return
        unread = self._unread
        unread += data
        position, end = 0, len(unread)
        while end - position >= 2:
            size = unread[position] << 8 | unread[position + 1]
            if size == 0:
                position += 2
                self._complete()
            elif end - position - 2 < size:
                break
            else:
                self._message += unread[position + 2 : position + 2 + size]
                position += 2 + size
        del unread[:position]

    def _complete(self) -> None:
        if not self._message:
            return  # the server's sign of life
        self._replies.append(self._message)
        self._summaries -= self._message[1] != _RECORD
        self._message = bytearray()
        if self._summaries == 0:
            self._wake()

    def _send(self, data: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            raise ServiceUnavailable(_AWAY)
        self._transport.write(data)

    async def _arrival(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _chunked(message: bytes) -> bytes:
    parts = []
    for start in range(0, len(message), _CHUNK):
        part = message[start : start + _CHUNK]
        parts += [len(part).to_bytes(2, "big"), part]
    return b"".join([*parts, b"\x00\x00"])
