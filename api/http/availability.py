"""A database that is away: all are told so at once, but for one who finds out if it is back.

Without this each request would wait for its own connection to time out, and all threads with it.
"""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from anyio.to_thread import run_sync

from api.http.errors import ApiError, Code, as_api_error, database_unavailable
from api.http.observability import Metrics

_TRY_AGAIN_SECONDS = 0.5
_TRIAL_SECONDS = 5.0
"""How long the others wait for one who is trying: what it asks may take far longer to answer."""

T = TypeVar("T")


class InThread(Protocol):
    """Runs work that blocks in a thread, and gives what it gives."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """Run ``work``."""


class Availability:
    """Remembers whether the database answered, and lets one request at a time try again."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._away_since: float | None = None
        self._tried = 0.0
        self._trial_until = 0.0

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Run the block against the database, and learn from how it ends.

        Raises:
            ApiError: the database is away or too slow, or was away a moment ago: then the block
                is not run.
        """
        trial = 0.0
        if self._away_since is not None:
            now = time.monotonic()
            if now < max(self._trial_until, self._tried + _TRY_AGAIN_SECONDS):
                raise database_unavailable()
            trial = self._trial_until = now + _TRIAL_SECONDS
        try:
            yield
        except Exception as error:
            known = as_api_error(error)
            self._learn(known)
            if known is None or known is error:
                raise
            raise known from error
        else:
            self._learn(None)
        finally:
            if trial and self._trial_until == trial:
                self._trial_until = 0.0

    async def in_thread(self, work: Callable[[], T], /) -> T:
        """Run ``work``, which reads the database and blocks, in a thread.

        Raises:
            ApiError: as :meth:`attempt`.
        """
        with self.attempt():
            return await run_sync(work)

    def _learn(self, error: ApiError | None) -> None:
        if error is not None and error.code is Code.DATABASE_UNAVAILABLE:
            self._tried = time.monotonic()
            self._away_since = self._away_since or self._tried
            self._metrics.database_up.set(0)
        elif error is None:
            self._away_since = None
            self._metrics.database_up.set(1)
