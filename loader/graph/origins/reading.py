"""An article's words as they are compared with another's, and the shingles that prove a copy.

What somebody is quoted with stands in every report of it, and so do formulas ("a spokesman told
reporters"), names, titles of laws and what is printed below any article. So only words outside
quotations count, and a shingle (Broder, *On the resemblance and containment of documents*, 1997)
proves a copy only where enough of its words are neither names nor formulas.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

from loader.extract.components.attribution.lexicon import lexicon
from loader.extract.components.quotations import find_quotations
from loader.extract.components.roles import words as role_words
from loader.extract.normalization import normalize
from ontology.records import Span

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]

KINDS = ((10, 5, 5), (16, 3, 8))
"""Kinds of shingles: words, how many at least are neither names nor formulas, and how many no
formulas. Few phrases of so many words stand in two reports by chance, and a long one is mostly
made of names where a report tells who was where.
"""
AROUND = 80
"""How many words before and behind a statement stand around it."""
SAMPLED = 4
"""One in so many of the shingles that stand further off is kept."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHORTEST = 3
_SMALLEST = np.uint64(0)
_FACTOR = 0x9E3779B97F4A7C15
_ROLES = ("speaker_nouns", "spokesperson", "official", "press", "documents", "expert", "head")
_FORMULAS = frozenset(
    {"according", "announcement", "briefing", "conference", "earlier", "emailed", "interview"}
    | {"later", "media", "meeting", "news", "reporters", "journalists", "spokesman", "spokesmen"}
    | {"spokeswoman", "spokesperson", "televised", "today", "tomorrow", "yesterday", "week"}
    | {"month", "year", "morning", "afternoon", "evening", "night", "condition", "anonymity"}
)
_STANDING = re.compile(
    r"all rights reserved|may not be (?:published|reproduced|broadcast)|redistributed"
    r"|sign up (?:for|to)|subscribe|newsletter|follow us on|click here|terms of (?:use|service)"
    r"|privacy policy|contributed to this (?:report|story|article)|could not (?:immediately |"
    r"independently )*(?:be reached|verify|be verified)|did not (?:immediately )*(?:respond|reply)"
    r"|declined to comment|(?:first|originally) (?:appeared|published)|editor[’']?s? note"
    r"|developing story|support our journalism|advertisement|reporting by",
    re.IGNORECASE,
)
"""What tells of a sentence that it stands below articles of all kinds."""
_END = re.compile(r"[\n.!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The words of an article, each with its hash and its place in the text.

    Attributes:
        hashes: What is compared: the words without case.
        starts: Where they begin, in code points.
        ends: Where they end.
        own: Whether they are the reporter's, not a quotation's or of a standing sentence.
        telling: Whether they are neither names nor formulas.
        named: Whether they are more than a formula: names and numbers, too.
    """

    hashes: Hashes
    starts: Numbers
    ends: Numbers
    own: Flags
    telling: Flags
    named: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingles:
    """Shingles in reading order: hashes, the numbers of their first words, offsets in the text."""

    hashes: Hashes
    words: Numbers
    starts: Numbers
    ends: Numbers


def read(text: str, quoted: Iterable[Span] = ()) -> Reading:
    """The words of an article.

    Args:
        text: Its text.
        quoted: Spans of what is quoted without marks.
    """
    found = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    starts = np.array([start for start, _, _ in found], dtype=np.int32)
    ends = np.array([end for _, end, _ in found], dtype=np.int32)
    traits = [_traits(word) for _, _, word in found]
    own = np.ones(len(found), dtype=np.bool_)
    found_quotations = find_quotations(normalize(text), text)
    spans = [part for quotation in found_quotations for part in quotation.parts]
    spans += _standing(text)
    for span in (*spans, *quoted):
        own[slice(*_within(starts, ends, span))] = False
    return Reading(
        hashes=np.array([number for number, _, _ in traits], dtype=np.uint64),
        starts=starts,
        ends=ends,
        own=own,
        telling=np.array([telling for _, telling, _ in traits], dtype=np.bool_),
        named=np.array([named for _, _, named in traits], dtype=np.bool_),
    )


def passages(reading: Reading, claimed: Iterable[Span]) -> tuple[Shingles, Shingles]:
    """The shingles that prove a copy: those around a claim, and a sample of all others.

    Args:
        reading: The article.
        claimed: Where it states the claim: these words themselves prove nothing.
    """
    own, near = reading.own.copy(), np.zeros(len(reading.hashes), dtype=np.bool_)
    for span in claimed:
        first, last = _within(reading.starts, reading.ends, span)
        own[first:last] = False
        near[max(0, first - AROUND) : last + AROUND] = True
    around, sampled = [], []
    for length, telling, named in KINDS:
        count = len(reading.hashes) - length + 1
        if count < 1:
            continue
        proving = _summed(own, length) == length
        proving &= _summed(reading.telling, length) >= telling
        proving &= _summed(reading.named, length) >= named
        hashes = np.zeros(count, dtype=np.uint64)
        for place in range(length):
            hashes = hashes * np.uint64(_FACTOR) + reading.hashes[place : place + count]
        hashes ^= hashes >> np.uint64(31)
        near_by = proving & (_summed(near, length) == length)
        around.append(_chosen(reading, hashes, near_by, length))
        off = proving & (hashes % np.uint64(SAMPLED) == _SMALLEST)
        sampled.append(_chosen(reading, hashes, off, length))
    return _together(around), _together(sampled)


def vocabulary(reading: Reading, claimed: Iterable[Span]) -> Hashes:
    """The words of a report that tell what it is about, in order, without the claim's own."""
    kept = reading.own & reading.named
    for span in claimed:
        kept[slice(*_within(reading.starts, reading.ends, span))] = False
    return np.unique(reading.hashes[kept])


def _standing(text: str) -> list[Span]:
    """The sentences that stand below articles of all kinds."""
    if not (found := [match.span() for match in _STANDING.finditer(text)]):
        return []
    ends = [-1, *(match.start() for match in _END.finditer(text)), len(text)]
    return [
        (ends[bisect_left(ends, start) - 1] + 1, ends[bisect_left(ends, end)])
        for start, end in found
    ]


def _chosen(reading: Reading, hashes: Hashes, flags: Flags, length: int) -> Shingles:
    chosen = np.flatnonzero(flags)
    return Shingles(
        hashes=hashes[chosen],
        words=chosen.astype(np.int32),
        starts=reading.starts[chosen],
        ends=reading.ends[chosen + length - 1],
    )


def _together(kinds: Sequence[Shingles]) -> Shingles:
    """Shingles of several kinds, in reading order."""
    if not kinds:
        numbers = np.zeros(0, dtype=np.int32)
        hashes = np.zeros(0, dtype=np.uint64)
        return Shingles(hashes=hashes, words=numbers, starts=numbers, ends=numbers)
    order = np.argsort(np.concatenate([item.words for item in kinds]), kind="stable")
    return Shingles(
        hashes=np.concatenate([item.hashes for item in kinds])[order],
        words=np.concatenate([item.words for item in kinds])[order],
        starts=np.concatenate([item.starts for item in kinds])[order],
        ends=np.concatenate([item.ends for item in kinds])[order],
    )


def _summed(flags: Flags, length: int) -> NDArray[np.int_]:
    """How many of each ``length`` neighbours are true."""
    total = np.concatenate(([0], np.cumsum(flags)))
    summed: NDArray[np.int_] = total[length:] - total[:-length]
    return summed


def _within(starts: Numbers, ends: Numbers, span: Span) -> tuple[int, int]:
    """The numbers of the first word that reaches into ``span``, and of the first behind it."""
    return int(np.searchsorted(ends, span[0], "right")), int(np.searchsorted(starts, span[1]))


@lru_cache(maxsize=200_000)
def _traits(word: str) -> tuple[int, bool, bool]:
    """A word's hash, whether it is neither name nor formula, and whether it is no formula."""
    folded = unicodedata.normalize("NFKC", word).replace("’", "'").casefold()
    encoded = folded.encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(encoded, digest_size=8).digest())
    named = len(folded) >= _SHORTEST and folded not in _formulas()
    return number, named and word[0].islower(), named


@cache
def _formulas() -> frozenset[str]:
    """Words of any report: small ones, those that attribute, those for who speaks and where."""
    verbs = lexicon().lemmas
    roles = (word for name in _ROLES for word in role_words(name))
    return frozenset({*STOP_WORDS, *verbs, *verbs.values(), *_FORMULAS, *roles, "said", "told"})
