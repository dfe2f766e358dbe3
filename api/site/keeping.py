"""Answers that are kept for a while, the longer the more they cost."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.http.errors import ApiError

T = TypeVar("T")

_KEPT = 256
_TIMES = 100
"""What took a second to make is taken as it is for so many seconds."""
_FRESH_SECONDS = 60.0
_KEPT_SECONDS = 600.0
_QUICK_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    value: T
    made: float
    took: float


class Keeper(Generic[T]):
    """Keeps what is costly to make, while it is made anew.

    What is quickly made is made again after a few seconds at most. What takes longer is shown as it
    was for ten minutes at most, and made anew behind that once it is a minute old.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()
        self._running: dict[Hashable, asyncio.Task[None]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What is kept under ``key``, or what ``make`` gives, which is kept then.

        Raises:
            ApiError: as ``make`` does, where nothing is kept.
        """
        known = self._kept.get(key)
        if known is None:
            return await self._make(key, make)
        age = time.monotonic() - known.made
        if age > min(known.took * _TIMES, _FRESH_SECONDS):
            if known.took < _QUICK_SECONDS or age > _KEPT_SECONDS:
                return await self._make(key, make)
            if key not in self._running:
                task = asyncio.create_task(self._again(key, make))
                self._running[key] = task
                task.add_done_callback(lambda _: self._running.pop(key, None))
        self._kept.move_to_end(key)
        return known.value

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        started = time.monotonic()
        value = await make()
        made = time.monotonic()
        self._kept[key] = _Kept(value, made, made - started)
        self._kept.move_to_end(key)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return value

    async def _again(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> None:
        with suppress(ApiError):  # whoever comes next asks again
            await self._make(key, make)
