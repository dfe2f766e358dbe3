"""Reading over Bolt with as little as it takes: one statement, one record, one flight each way.

The official driver costs a millisecond of Python a request, as much as all else the API does. This
client speaks the same protocol (Bolt 5.4, https://neo4j.com/docs/bolt/current/bolt/message/) by the
driver's own compiled codec, and has nothing that one record needs nothing of: routing, encryption,
bookmarks, transaction functions, paging of results. :func:`open_reader` says where it will do.
"""

import asyncio
import datetime as dt
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from neo4j.exceptions import Neo4jError, ServiceUnavailable

try:
    from neo4j._codec.packstream import Structure

    _CODEC: Any = import_module("neo4j._rust.codec.packstream.v1")
except ImportError:  # another release of the driver, or none of its compiled part
    _CODEC = None

_PREAMBLE = b"\x60\x60\xb0\x17" + b"\x00\x00\x04\x05" + bytes(12)
_VERSION = b"\x00\x00\x04\x05"
_HELLO, _LOGON, _RESET, _RUN, _PULL = (
    b"\xb1\x01",
    b"\xb1\x6a",
    b"\xb0\x0f",
    b"\xb3\x10",
    b"\xb1\x3f",
)
_FAILURE, _RECORD = 0x7F, 0x71
_CHUNK = 65_535
_PORT = 7687
_AGENT = "newsgraph/1"
_DAY_ZERO = dt.date(1970, 1, 1).toordinal()
_SECOND_ZERO = dt.datetime(1970, 1, 1)  # noqa: DTZ001
_AWAY = "The connection to the database was lost."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A statement's one record, and the bookmark of the transaction that read it."""

    values: list[Any]
    bookmark: str


class BoltReader:
    """Runs reading statements of one record on one server; for the tasks of one event loop.

    It opens as many connections as are asked for at once: whoever asks bounds them.

    Args:
        uri: the server, as ``bolt://host:port``.
        auth: user and password; no user, no authentication.
        database: the database's name; None is the user's default.
        connect_seconds: time to open a connection, or to try one.
        idle_seconds: a connection that was idle for longer is tried before it is used.
    """

    def __init__(
        self,
        uri: str,
        auth: tuple[str, str],
        *,
        database: str | None,
        connect_seconds: float,
        idle_seconds: float,
    ) -> None:
        address = urlsplit(uri)
        self._host, self._port = address.hostname or "localhost", address.port or _PORT
        self._auth = auth
        self._extra = {"mode": "r"} | ({"db": database} if database else {})
        self._connect_seconds, self._idle_seconds = connect_seconds, idle_seconds
        self._idle: deque[tuple[float, _Connection]] = deque()

    async def run(
        self, statement: str, parameters: Mapping[str, Any], seconds: float | None = None
    ) -> Answer:
        """The one record of a statement, which the database gives up after ``seconds``.

        Raises:
            Neo4jError: the server refuses the statement, or gives it up.
            ServiceUnavailable: the server is away, or has another number of records.
        """
        extra = self._extra if seconds is None else {**self._extra, "tx_timeout": _millis(seconds)}
        request = (
            _RUN + _CODEC.pack(statement) + _CODEC.pack(_packable(parameters)) + _CODEC.pack(extra)
        )
        connection = await self._take()
        try:
            replies = await connection.ask([request, _PULL + _CODEC.pack({"n": -1})], summaries=2)
        except BaseException:
            # Also when the caller gives up: the server ends what a lost connection had asked for.
            connection.abort()
            raise
        self._idle.append((time.monotonic(), connection))
        if len(replies) != 3:
            msg = f"A statement of one record gave {len(replies) - 2}."
            raise ServiceUnavailable(msg)
        return Answer(values=_field(replies[1]), bookmark=_field(replies[2]).get("bookmark", ""))

    def close(self) -> None:
        """Hang up. What runs is lost."""
        while self._idle:
            self._idle.pop()[1].abort()

    async def _take(self) -> "_Connection":
        while self._idle:
            since, connection = self._idle.pop()
            if connection.closed:
                continue
            if time.monotonic() - since < self._idle_seconds:
                return connection
            try:
                async with asyncio.timeout(self._connect_seconds):
                    await connection.ask([_RESET], summaries=1)
            except (ServiceUnavailable, Neo4jError, TimeoutError):
                connection.abort()
            else:
                return connection
        return await self._open()

    async def _open(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        connection: _Connection | None = None
        try:
            async with asyncio.timeout(self._connect_seconds):
                _, connection = await loop.create_connection(_Connection, self._host, self._port)
                await connection.greet(self._auth)
        except (OSError, TimeoutError) as error:
            raise ServiceUnavailable(f"The database does not answer: {error}") from error
        except BaseException:
            if connection is not None:
                connection.abort()
            raise
        return connection


def open_reader(
    uri: str,
    auth: tuple[str, str],
    *,
    database: str | None,
    connect_seconds: float,
    idle_seconds: float,
) -> BoltReader | None:
    """A reader for ``uri``; None where only the driver will do: encryption, routing, no codec."""
    if _CODEC is None or urlsplit(uri).scheme != "bolt":
        return None
    return BoltReader(
        uri,
        auth,
        database=database,
        connect_seconds=connect_seconds,
        idle_seconds=idle_seconds,
    )


class _Connection(asyncio.Protocol):
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
        logon = _LOGON + _CODEC.pack(token if user else {"scheme": "none"})
        await self.ask([_HELLO + _CODEC.pack(hello), logon], summaries=2)

    async def ask(self, messages: list[bytes], *, summaries: int) -> list[bytearray]:
        """Send messages and give the replies, of which ``summaries`` are no records."""
        self._replies, self._summaries = [], summaries
        self._send(b"".join(map(_chunked, messages)))
        await self._arrival()
        for reply in self._replies:
            if reply[1] == _FAILURE:
                told = _field(reply)
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


def _field(message: bytearray) -> Any:
    """The only field of a message."""
    return _CODEC.unpack(message, 2)[0]


def _millis(seconds: float) -> int:
    """A transaction's time; 0 would be for ever."""
    return max(1, round(seconds * 1000))


def _packable(value: Any) -> Any:
    """A parameter with days and times as Bolt's structures."""
    if isinstance(value, Mapping):
        return {key: _packable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_packable(item) for item in value]
    if isinstance(value, dt.datetime):
        offset = value.utcoffset()
        since = value.replace(tzinfo=None) - (offset or dt.timedelta()) - _SECOND_ZERO
        seconds, nanos = since.days * 86_400 + since.seconds, since.microseconds * 1000
        if offset is None:
            return Structure(b"d", seconds, nanos)
        return Structure(b"I", seconds, nanos, round(offset.total_seconds()))
    if isinstance(value, dt.date):
        return Structure(b"D", value.toordinal() - _DAY_ZERO)
    return value
