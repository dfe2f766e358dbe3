"""What is kept of what is costly to make."""

import asyncio

import pytest

from api.http.errors import ApiError
from api.site import keeping
from api.site.keeping import Keeper


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(keeping, "time", made)
    return made


def run(clock: Clock, took: float, waits: list[float], *, fails: bool = False) -> list[int]:
    """What is shown at first and after each wait, made by something that takes ``took`` seconds."""
    calls = 0

    async def make() -> int:
        nonlocal calls
        calls += 1
        if fails and calls > 1:
            raise ApiError("away")
        clock.now += took
        return calls

    async def shown() -> list[int]:
        keeper: Keeper[int] = Keeper()
        found = [await keeper.get("x", make)]
        for wait in waits:
            clock.now += wait
            found.append(await keeper.get("x", make))
            for _ in range(3):
                await asyncio.sleep(0)  # what is made behind that is made now
        return found

    return asyncio.run(shown())


def test_what_is_quick_is_made_again_after_seconds(clock: Clock) -> None:
    assert run(clock, 0.02, [1.0, 1.5]) == [1, 1, 2]


def test_what_takes_long_is_shown_while_it_is_made_anew(clock: Clock) -> None:
    assert run(clock, 2.0, [30.0, 40.0, 1.0]) == [1, 1, 1, 2]


def test_nothing_is_shown_that_is_too_old(clock: Clock) -> None:
    assert run(clock, 2.0, [700.0]) == [1, 2]


def test_what_fails_behind_a_reader_is_tried_again(clock: Clock) -> None:
    assert run(clock, 2.0, [70.0, 70.0], fails=True) == [1, 1, 1]
    with pytest.raises(ApiError):
        run(clock, 2.0, [700.0], fails=True)
