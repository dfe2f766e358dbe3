"""How many operations run at once, and how long others wait for their turn.

Without a bound, a burst of slow queries takes every thread and connection, and quick ones wait
behind them for longer than their callers do.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.http.errors import overloaded
from api.http.limits import Limits
from api.http.observability import Metrics


class Admission:
    """Lets ``limits.running`` operations run and ``limits.waiting`` wait; sends others away.

    What runs and waits is told to ``metrics``, where there are any.
    """

    def __init__(self, limits: Limits, metrics: Metrics | None = None) -> None:
        self._limits = limits
        self._metrics = metrics
        self._slots = asyncio.Semaphore(limits.running)
        self._running = self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and keep it while the block runs.

        Raises:
            ApiError: too many wait already, or the turn does not come in time.
        """
        if self._slots.locked():
            await self._wait()
        else:
            await self._slots.acquire()
        self._running += 1
        self._tell()
        try:
            yield
        finally:
            self._running -= 1
            self._tell()
            self._slots.release()

    async def _wait(self) -> None:
        if self._waiting >= self._limits.waiting:
            raise overloaded()
        self._waiting += 1
        self._tell()
        try:
            async with asyncio.timeout(self._limits.waiting_seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise overloaded() from error
        finally:
            self._waiting -= 1
            self._tell()

    def _tell(self) -> None:
        if self._metrics is not None:
            self._metrics.running.set(self._running)
            self._metrics.waiting.set(self._waiting)
