"""Whoever tries wrong keys waits for the answer, the longer the more he has tried.

Right keys are never delayed, so that nobody is locked out by another who shares an address, as all
do behind a proxy. Answers to wrong ones are told one after another for each address.
"""

import time
from collections.abc import Callable

_FREE = 5
"""So many wrong keys are answered at once: anybody may mistype."""
_FIRST_SECONDS = 0.25
_MOST_SECONDS = 5.0
_LONGEST_WAIT_SECONDS = 30.0
_FORGIVEN_SECONDS = 600.0
_MOST_ADDRESSES = 10_000


class Guesses:
    """The wrong keys that came from each address, of late; of so many addresses at most."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[str, tuple[int, float]] = {}

    def wait(self, address: str) -> float:
        """How many seconds a wrong key from ``address`` waits for its answer."""
        now = self._clock()
        tried, free = self._known.pop(address, (0, now))
        if now - free > _FORGIVEN_SECONDS:
            tried = 0
        tried += 1
        pause = 0.0
        if tried > _FREE:
            pause = min(_FIRST_SECONDS * 2 ** min(tried - _FREE - 1, 10), _MOST_SECONDS)
        told = max(now, free) + pause
        told = min(told, now + _LONGEST_WAIT_SECONDS)
        self._known[address] = (tried, told)
        while len(self._known) > _MOST_ADDRESSES:  # whoever has not tried for longest
            del self._known[next(iter(self._known))]
        return told - now
