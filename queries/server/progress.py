"""What a caller is told while the managed server is fetched and started."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Step = Literal["wait", "check", "download", "prepare", "start", "boot", "copy"]
"""From "boot" on the server's own process works, and the caller only waits for it."""


LONG_STEPS = frozenset({"wait", "download", "prepare", "copy"})
"""What takes so long that it is said where no progress can be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One piece of news: ``done`` of ``total`` bytes, where a total is known, else both 0."""

    step: Step
    message: str
    done: int = 0
    total: int = 0


OnProgress = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """Take the news and do nothing."""
