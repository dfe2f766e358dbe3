"""Which articles share a passage: found by shingles, in time and memory that grow with the words.

Two articles are tied by a shingle around the claim; or, where nothing nearer ties an article, by a
good part of the shorter one. A shingle leads to all that share it by the first of them, so a claim
that ten thousand articles reprint costs no more than as many claims that one does.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from loader.graph.origins.carriers import Carrier
from loader.graph.origins.reading import Hashes, Numbers, Shingles
from ontology.records import Span

COVERED = 0.25
"""The share of the shorter article's shingles that proves a copy wherever they stand."""
_LEAST = 3
_COMMON = 50
"""What stands in more articles than this proves nothing at a distance from the claim."""
_MOST_WORDS = 60
"""Words of a passage that are shown."""


def near_ties(carriers: Sequence[Carrier]) -> list[tuple[int, int]]:
    """Pairs of carriers (numbers) that share a passage around the claim, as few as tie all."""
    hashes, numbers = _together([item.around for item in carriers])
    same = np.flatnonzero(hashes[1:] == hashes[:-1])
    pairs = np.unique(np.stack([numbers[same], numbers[same + 1]], axis=1), axis=0)
    return [(int(one), int(other)) for one, other in pairs if one != other]


def far_ties(carriers: Sequence[Carrier], alone: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield for each of the carriers that are ``alone`` the one of which most stands in both."""
    sharing: dict[int, list[int]] = defaultdict(list)
    hashes, numbers = _together([item.sampled for item in carriers])
    for found, number in zip(hashes.tolist(), numbers.tolist(), strict=True):
        sharing[found].append(number)
    for number in alone:
        own = carriers[number].sampled.hashes
        counted: Counter[int] = Counter()
        for found in set(own.tolist()):
            others = sharing[found]
            if len(others) <= _COMMON:
                counted.update(other for other in others if other != number)
        best = min(counted, key=lambda other: (-counted[other], other), default=None)
        if best is not None:
            fewer = min(len(own), len(carriers[best].sampled.hashes))
            if counted[best] >= max(_LEAST, COVERED * fewer):
                yield number, best


def near_evidence(carriers: Sequence[Carrier], members: Sequence[int]) -> dict[int, Span]:
    """For each of the members of a group that shares a passage around the claim, the longest."""
    hashes, places = _together([carriers[number].around for number in members])
    firsts: dict[int, tuple[int, ...]] = {}
    for found, place in zip(hashes.tolist(), places.tolist(), strict=True):
        known = firsts.get(found, ())
        if len(known) < 2:  # the first two: a member is one of them, or shares with the first
            firsts[found] = (*known, place)
    sets: dict[int, frozenset[int]] = {}

    def standing_in(place: int) -> frozenset[int]:
        if place not in sets:
            sets[place] = frozenset(carriers[members[place]].around.hashes.tolist())
        return sets[place]

    found_spans = {}
    for place, number in enumerate(members):
        own = carriers[number].around
        best: tuple[int, int, int] | None = None
        for first, last in _runs(own, place, firsts, standing_in):
            start, end = _span(own, first, last)
            length = end - start
            if best is None or length > best[0]:
                best = length, first, last
        if best is not None:
            found_spans[number] = _span(own, best[1], best[2])
    return found_spans


def far_evidence(one: Carrier, other: Carrier) -> tuple[Span, Span] | None:
    """The first passage that two carriers share: where it stands in each."""
    shared = np.intersect1d(one.sampled.hashes, other.sampled.hashes)
    if not len(shared):
        return None
    left = int(np.flatnonzero(np.isin(one.sampled.hashes, shared))[0])
    right = int(np.flatnonzero(other.sampled.hashes == one.sampled.hashes[left])[0])
    return _span(one.sampled, left, left), _span(other.sampled, right, right)


def _runs(
    own: Shingles,
    place: int,
    firsts: dict[int, tuple[int, ...]],
    standing_in: Callable[[int], frozenset[int]],
) -> Iterator[tuple[int, int]]:
    """Yield the first and last shingle of each passage that one other member has, too."""
    hashes, words = own.hashes.tolist(), own.words.tolist()
    at = 0
    while at < len(hashes):
        others = [other for other in firsts[hashes[at]] if other != place]
        if not others:
            at += 1
            continue
        known, last = standing_in(others[0]), at
        while (
            last + 1 < len(hashes)
            and words[last + 1] - words[last] <= 1
            and words[last + 1] - words[at] < _MOST_WORDS
            and hashes[last + 1] in known
        ):
            last += 1
        yield at, last
        at = last + 1


def _span(own: Shingles, first: int, last: int) -> Span:
    return int(own.starts[first]), int(own.ends[first : last + 1].max())


def _together(found: Sequence[Shingles]) -> tuple[Hashes, Numbers]:
    """All shingles by hash, each once for a carrier, with the carriers' numbers in order."""
    each = [np.unique(item.hashes) for item in found]
    hashes = np.concatenate(each) if each else np.zeros(0, dtype=np.uint64)
    numbers = np.repeat(np.arange(len(each), dtype=np.int32), [len(item) for item in each])
    del each
    order = np.argsort(hashes, kind="stable")
    return hashes[order], numbers[order]
