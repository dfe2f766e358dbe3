"""Which articles have a claim from the same outlet: told to it, reported by it, credited to it.

An outlet's name alone ties nothing together. The claim has to be the same person's; and where only
an agency is credited, which sends out many reports, the reports have to be of the same days and of
the same things, so that two stories of one agency stay apart.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from loader.graph.origins.carriers import Carrier, Reason
from ontology.records import Span

ALIKE = 0.55
"""The least share of the words of the shorter report that stand in the other of the same agency."""
_FEW = 12
"""Reports with fewer words than this besides the claim say nothing that could differ."""
_DAYS = timedelta(days=3)
_MOST = 64
"""Stories of an agency that a report is compared with; further ones stay by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why an article (by its number) belongs to a group: the reason, and where it says so."""

    number: int
    reason: Reason
    span: Span | None


def outlet_ties(carriers: Sequence[Carrier]) -> Iterator[tuple[Evidence, ...]]:
    """Yield groups of carriers that have the claim from the same outlet, with the evidence."""
    channels: dict[str, list[int]] = defaultdict(list)
    credits: dict[str, list[int]] = defaultdict(list)
    published: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(carriers):
        if item.channel is not None:
            channels[item.channel.outlet].append(number)
        if item.credit is not None:
            credits[item.credit.outlet].append(number)
        if item.outlet is not None:
            published[item.outlet].append(number)
    for outlet, those in sorted(channels.items()):
        told = set(those)
        others = {*published.get(outlet, ()), *credits.get(outlet, ())} - told
        for group in _parted([*those, *sorted(others)], lambda number: carriers[number].speaker):
            if len(group) > 1 and told & set(group):
                yield tuple(_told(carriers[number], number, outlet) for number in sorted(group))
    for outlet, those in sorted(credits.items()):
        crediting = set(those)
        own = [number for number in published.get(outlet, ()) if number not in crediting]
        for group in _reports([*those, *own], carriers):
            if len(group) > 1 and set(group) & crediting:
                yield tuple(_credited(carriers[number], number, outlet) for number in sorted(group))


def _told(item: Carrier, number: int, outlet: str) -> Evidence:
    if item.channel is not None and item.channel.outlet == outlet:
        return Evidence(number=number, reason=item.channel.reason, span=item.channel.span)
    return _credited(item, number, outlet)


def _credited(item: Carrier, number: int, outlet: str) -> Evidence:
    if item.credit is not None and item.credit.outlet == outlet:
        return Evidence(number=number, reason="credit", span=item.credit.span)
    return Evidence(number=number, reason="publisher", span=None)


def _reports(numbers: Sequence[int], carriers: Sequence[Carrier]) -> Iterator[list[int]]:
    """What is plausibly one report: by speaker, by days, by what it is about."""
    for said in _parted(numbers, lambda number: carriers[number].speaker):
        days = _periods(said, carriers)
        for near in _parted(said, days.get):
            yield from _alike(sorted(near), carriers)


def _periods(numbers: Sequence[int], carriers: Sequence[Carrier]) -> dict[int, int]:
    """For each report with a date, its period: a run of days without a gap."""
    dated = sorted(
        (day, number) for number in numbers if (day := carriers[number].published) is not None
    )
    periods: dict[int, int] = {}
    period = 0
    for place, (day, number) in enumerate(dated):
        period += bool(place and day - dated[place - 1][0] > _DAYS)
        periods[number] = period
    return periods


def _alike(numbers: Sequence[int], carriers: Sequence[Carrier]) -> Iterator[list[int]]:
    """Group reports that are about the same, each by the first of its story."""
    stories: list[list[int]] = []
    for number in numbers:
        for story in stories:
            if _same_story(carriers[story[0]], carriers[number]):
                story.append(number)
                break
        else:
            if len(stories) < _MOST:
                stories.append([number])
    yield from stories


def _same_story(one: Carrier, other: Carrier) -> bool:
    fewer = min(len(one.words), len(other.words))
    if fewer < _FEW:
        return True
    shared = len(np.intersect1d(one.words, other.words, assume_unique=True))
    return shared >= ALIKE * fewer


def _parted(numbers: Sequence[int], key: Callable[[int], Hashable | None]) -> Iterator[list[int]]:
    """Part ``numbers`` by ``key``; those without one go where there is but one place to go."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    unknown: list[int] = []
    for number in numbers:
        found = key(number)
        (unknown if found is None else groups[found]).append(number)
    if len(groups) == 1:
        (group,) = groups.values()
        group.extend(unknown)
    elif unknown:
        groups[None] = unknown
    yield from groups.values()
