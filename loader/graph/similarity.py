"""Claims that are the same but for a few words: found by sketches, judged by their words.

Whether two claims match is a function of their words alone, and those are what a claim's id is
made of: no order, no history. Sketches are MinHash signatures (Broder 1997) in four bands of three
(Leskovec et al., *Mining of Massive Datasets*, 3.4), each with the words that decide: claims that
share nine words in ten have one in common in 99 of 100 cases, and only claims that have are
looked at.
"""

import re
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from neo4j import ManagedTransaction, Session
from rapidfuzz.distance import LCSseq
from spacy.lang.en.stop_words import STOP_WORDS

from loader.extract.components.country_forms import country_forms
from loader.extract.components.given_names import is_given_name, ordinary_words
from loader.graph.retrying import execute_write, lock_dataset
from ontology import iris
from queries import cypher

THRESHOLD = 900
"""The least score of a match, in thousandths."""

PENDING = "pending"
"""What the first sketch of a claim is until it is compared with others."""

_SHORTEST = 9
"""Claims of fewer words cannot reach the threshold unless they are equal."""
_BANDS = 4
_ROWS = 3
_LONG_WORD = 4
_CLAIMS_AT_ONCE = 500
_MARKS = ".,;:!?…–—-()[]"
_NEGATIONS = frozenset(
    {"cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing"}
    | {"refuse", "refused", "refuses", "without"}
)
_CONTRACTED = re.compile(
    "(?:ai|are|ca|could|did|do|does|had|has|have|is|might|must|need|should|was|were|wo|would)nt"
)

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a claim as they are compared: without case, marks and quotation marks."""
    stripped = (word.strip(_MARKS) for word in iris.claim_key(text).split())
    return tuple(word for word in stripped if word)


def sketches(words: Words) -> tuple[str, ...]:
    """The four sketches of a claim; none for a claim too short to match another."""
    if len(words) < _SHORTEST:
        return ()
    counted = {word for word in words if len(word) >= _LONG_WORD}
    hashes = np.array([_hash(word) for word in counted or set(words)], dtype=np.uint64)
    lowest = ((hashes * _FACTORS + _SHIFTS) >> _LOW_BITS).min(axis=1).reshape(_BANDS, _ROWS)
    deciding = "\x1f".join(sorted(filter(_decides, words))).encode("utf-8", "surrogatepass")
    return tuple(
        f"{band + 1}{blake2b(row.tobytes() + deciding, digest_size=6).hexdigest()}"
        for band, row in enumerate(lowest.astype("<u8"))
    )


def sketch_properties(found: tuple[str, ...]) -> dict[str, str]:
    """The properties of a claim with these sketches."""
    return {f"sketch{number}": sketch for number, sketch in enumerate(found, start=1)}


def score(one: Words, other: Words) -> int:
    """How many in a thousand of the words of both stand in both in the same order.

    It is Jaccard's index of the two sequences: the length of their longest common subsequence over
    what both have together.
    """
    shared = LCSseq.similarity(one, other)
    return 1000 * shared // (len(one) + len(other) - shared)


def matched(one: Words, other: Words) -> int | None:
    """The score of two claims that are the same but for a few words; None for others.

    A number, a negation, a country or a given name more or less makes another claim.
    """
    reached = score(one, other)
    if reached < THRESHOLD:
        return None
    left, right = Counter(one), Counter(other)
    differing = [*(left - right), *(right - left)]
    return None if any(_decides(word) for word in differing) else reached


def pending_sketch(text: str) -> str | None:
    """What the first sketch of a new claim is: nothing where it is too short to be compared."""
    return PENDING if len(text.split()) >= _SHORTEST else None


def match_claims(session: Session) -> None:
    """Compare the claims that wait for it with those that share a sketch; link those that match."""
    while execute_write(session, _match_some):
        pass


def _match_some(tx: ManagedTransaction) -> bool:
    if not _pending(tx, limit=1):
        return False
    lock_dataset(tx)
    claims = {row["id"]: words_of(row["text"]) for row in _pending(tx, limit=_CLAIMS_AT_ONCE)}
    rows = [{"id": claim} | sketch_properties(sketches(item)) for claim, item in claims.items()]
    tx.run(cypher("write/claim_sketches"), rows=rows).consume()
    matches = {}
    for row in tx.run(cypher("read/claims_alike"), ids=sorted(claims)):
        reached = matched(claims[row["id"]], words_of(row["text"]))
        if reached is not None:
            one, other = sorted((row["id"], row["other"]))
            matches[one, other] = match_row(one, other, reached)
    tx.run(cypher("write/claim_matches"), rows=list(matches.values())).consume()
    return True


def match_row(one: str, other: str, reached: int) -> dict[str, Any]:
    """The row of the match between two claims (ids)."""
    return {"id": iris.match_id((one, other)), "score": reached, "one": one, "other": other}


def _pending(tx: ManagedTransaction, limit: int) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.run(cypher("read/pending_claims"), limit=limit)]


@lru_cache(maxsize=100_000)
def _decides(word: str) -> bool:
    return (
        any(char.isdigit() for char in word)
        or word in _NEGATIONS
        or _CONTRACTED.fullmatch(word) is not None
        or word in _country_words()
        or (is_given_name(word) and word not in _ordinary_words())
    )


@lru_cache(maxsize=1)
def _ordinary_words() -> frozenset[str]:
    """Words that are given names in some country, and seldom meant as names in a claim."""
    return ordinary_words() | STOP_WORDS


@lru_cache(maxsize=1)
def _country_words() -> frozenset[str]:
    """The words of countries' names, short and common ones aside."""
    forms = (word for form in country_forms() for word in words_of(form.text))
    return frozenset(word for word in forms if len(word) >= _LONG_WORD)


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _constants(number: int) -> tuple[int, int]:
    """An odd factor and a shift, for one of the permutations of the words."""
    raw = blake2b(f"newsgraph {number}".encode(), digest_size=16).digest()
    return int.from_bytes(raw[:8]) | 1, int.from_bytes(raw[8:])


_FACTORS, _SHIFTS = (
    np.array(values, dtype=np.uint64)[:, np.newaxis]
    for values in zip(*map(_constants, range(_BANDS * _ROWS)), strict=True)
)
"""Permutations of the words' hashes are products and sums modulo 2⁶⁴, which is how these count."""
_LOW_BITS = np.uint64(16)
"""The low bits of a product are the least mixed."""
