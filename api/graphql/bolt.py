"""Reading over Bolt with as little as it takes: one statement, one record, one flight each way.

The official driver costs a millisecond of Python a request, as much as all else the API does. This
client speaks the same protocol (Bolt 5.4, https://neo4j.com/docs/bolt/current/bolt/message/) by the
driver's own compiled codec, and has nothing that one record needs nothing of: routing, encryption,
bookmarks, transaction functions, paging of results. :func:`open_reader` says where it will do.
"""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from neo4j.exceptions import Neo4jError, ResultNotSingleError, ServiceUnavailable

from api.graphql.bolt_codec import READY, field, packed
from api.graphql.bolt_connection import Connection

_RESET, _RUN, _PULL = b"\xb0\x0f", b"\xb3\x10", b"\xb1\x3f"
_PORT = 7687


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
        self._idle: deque[tuple[float, Connection]] = deque()

    async def run(
        self, statement: str, parameters: Mapping[str, Any], seconds: float | None = None
    ) -> Answer:
        """The one record of a statement, which the database gives up after ``seconds``.

        Raises:
            Neo4jError: the server refuses the statement, or gives it up.
            ServiceUnavailable: the server is away.
            ResultNotSingleError: the statement has another number of records.
        """
        extra = self._extra if seconds is None else {**self._extra, "tx_timeout": _millis(seconds)}
        request = _RUN + packed(statement) + packed(parameters) + packed(extra)
        connection = await self._take()
        try:
            replies = await connection.ask([request, _PULL + packed({"n": -1})], summaries=2)
        except BaseException:
            # Also when the caller gives up: the server ends what a lost connection had asked for.
            connection.abort()
            raise
        self._idle.append((time.monotonic(), connection))
        if len(replies) != 3:
            msg = f"A statement of one record gave {len(replies) - 2}."
            raise ResultNotSingleError(None, msg)
        return Answer(values=field(replies[1]), bookmark=field(replies[2]).get("bookmark", ""))

    def close(self) -> None:
        """Hang up. What runs is lost."""
        while self._idle:
            self._idle.pop()[1].abort()

    async def _take(self) -> Connection:
        while self._idle:
            since, connection = self._idle.pop()
            if connection.closed:
                continue
            if time.monotonic() - since < self._idle_seconds:
                return connection
            try:
                async with asyncio.timeout(self._connect_seconds):
                    await connection.ask([_RESET], summaries=1)
            except BaseException as error:
                connection.abort()
                if not isinstance(error, ServiceUnavailable | Neo4jError | TimeoutError):
                    raise
            else:
                return connection
        return await self._open()

    async def _open(self) -> Connection:
        loop = asyncio.get_running_loop()
        connection: Connection | None = None
        try:
            async with asyncio.timeout(self._connect_seconds):
                _, connection = await loop.create_connection(Connection, self._host, self._port)
                await connection.greet(self._auth)
        except BaseException as error:
            if connection is not None:
                connection.abort()
            if isinstance(error, OSError):  # also a TimeoutError, which says nothing of itself
                msg = f"The database does not respond: {str(error) or 'timeout'}."
                raise ServiceUnavailable(msg) from error
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
    if not READY or urlsplit(uri).scheme != "bolt":
        return None
    return BoltReader(
        uri,
        auth,
        database=database,
        connect_seconds=connect_seconds,
        idle_seconds=idle_seconds,
    )


def _millis(seconds: float) -> int:
    """A transaction's time; 0 would be for ever."""
    return max(1, round(seconds * 1000))
