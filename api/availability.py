"""A database that is away: all are told so at once, but for one who finds out if it is back.

Without this each request would wait for its own connection to time out, and all threads with it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from api.errors import ApiError, Code, as_api_error, database_unavailable
from api.observability import Metrics

_TRY_AGAIN_SECONDS = 0.5


class Availability:
    """Remembers whether the database answered, and lets one request at a time try again."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._away_since: float | None = None
        self._tried = 0.0
        self._trying = False

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Run the block against the database, and learn from how it ends.

        Raises:
            ApiError: the database was away a moment ago; the block is not run.
        """
        away = self._away_since is not None
        if away and (self._trying or time.monotonic() - self._tried < _TRY_AGAIN_SECONDS):
            raise database_unavailable()
        self._trying = away
        try:
            yield
        except Exception as error:
            self._learn(as_api_error(error))
            raise
        else:
            self._learn(None)
        finally:
            self._trying = False

    def _learn(self, error: ApiError | None) -> None:
        if error is not None and error.code is Code.DATABASE_UNAVAILABLE:
            self._tried = time.monotonic()
            self._away_since = self._away_since or self._tried
            self._metrics.database_up.set(0)
        elif error is None:
            self._away_since = None
            self._metrics.database_up.set(1)
