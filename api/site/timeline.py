"""Counts over time as bars, drawn by the server as SVG, with a table that says the same."""

from calendar import month_abbr, monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_MOST_MONTHS = 36
_MOST_YEARS = 60
_WIDTH, _HEIGHT, _FOOT, _HEAD = 720.0, 120.0, 22.0, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A period: its name, how many there are in it, where those are, and where the bar stands.

    ``x``, ``y``, ``width`` and ``height`` are in units of the picture; ``shown`` is the name below
    the bar, empty where there is no room for one.
    """

    label: str
    count: int
    href: str
    x: float
    y: float
    width: float
    height: float
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A picture of counts over time, ``width`` by ``height``; ``base`` is where bars begin.

    ``years`` are those with anything in them, the newest first: year, count, address.
    """

    title: str
    noun: str
    bars: tuple[Bar, ...]
    years: tuple[tuple[int, int, str], ...]
    width: float = _WIDTH
    height: float = _HEIGHT
    base: float = _HEIGHT - _FOOT

    @property
    def table(self) -> tuple[Bar, ...]:
        """The periods with anything in them."""
        return tuple(bar for bar in self.bars if bar.count)


def timeline(
    title: str,
    months: Sequence[Mapping[str, Any]],
    years: Sequence[Mapping[str, Any]],
    *,
    href: Callable[[str, str], str],
    noun: str,
) -> Timeline | None:
    """The timeline by months where they are few, else by years; None where nothing is dated.

    Args:
        title: its heading.
        months: entries with ``month``, such as 2023-03, and ``count``.
        years: entries with ``year`` and ``count``.
        href: the address of what lies between two days.
        noun: what is counted.
    """
    counts = {_number(entry["month"]): entry["count"] for entry in months}
    if not counts:
        return None
    first, last = min(counts), max(counts)
    whole = sum(counts.values()) >= sum(entry["count"] for entry in years)
    if whole and last - first < _MOST_MONTHS:
        spans = [_month(number) for number in range(first, last + 1)]
        values = [counts.get(number, 0) for number in range(first, last + 1)]
    else:
        by_year = {entry["year"]: entry["count"] for entry in years}
        shown = range(max(min(by_year), max(by_year) - _MOST_YEARS + 1), max(by_year) + 1)
        spans = [(str(year), f"{year:04}-01-01", f"{year:04}-12-31") for year in shown]
        values = [by_year.get(year, 0) for year in shown]
    by = tuple(
        (one["year"], one["count"], href(f"{one['year']:04}-01-01", f"{one['year']:04}-12-31"))
        for one in years
    )
    return Timeline(title=title, noun=noun, bars=_bars(spans, values, href), years=by)


def _bars(
    spans: Sequence[tuple[str, str, str]],
    values: Sequence[int],
    href: Callable[[str, str], str],
) -> tuple[Bar, ...]:
    step = _WIDTH / max(len(spans), 8)
    room = _HEIGHT - _FOOT - _HEAD
    every = max(1, round(80 / step))
    bars = []
    for place, ((label, first, last), count) in enumerate(zip(spans, values, strict=True)):
        tall = max(3.0, room * count / max(values)) if count else 0.0
        bars.append(
            Bar(
                label=label,
                count=count,
                href=href(first, last) if count else "",
                x=round(place * step + step * 0.1, 1),
                y=round(_HEIGHT - _FOOT - tall, 1),
                width=round(step * 0.8, 1),
                height=round(tall, 1),
                shown=label if place % every == 0 else "",
            )
        )
    return tuple(bars)


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _month(number: int) -> tuple[str, str, str]:
    year, month = number // 12, number % 12 + 1
    text = f"{year:04}-{month:02}"
    return f"{month_abbr[month]} {year}", f"{text}-01", f"{text}-{monthrange(year, month)[1]}"
