"""Whether two names can be one's, and whether there is enough to say that they are.

Precision comes first: what is only likely stays apart.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from loader.extract.components.given_names import is_given_name
from loader.extract.components.person_names import is_east_asian
from loader.graph.resolution.keys import (
    LONGEST_ACRONYM,
    SMALL_WORDS,
    initials,
    organization_words,
    particles,
    person_words,
    variant,
)
from ontology import iris

_LONG = 8
"""From this length on, given names that differ in one inner letter are one: Frederi(c)k."""
_CONSONANTS = re.compile("[b-df-hj-np-tv-xz]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A name taken apart: for an organization, ``surname`` is its name, ``suffix`` its form."""

    person: bool
    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str
    words: tuple[str, ...]

    @property
    def level(self) -> int:
        """How much it tells: 0 a surname or acronym alone, 1 with initials, 2 a full name."""
        if not self.person:
            return 2 if len(self.surname) > 1 or len(self.surname[0]) > LONGEST_ACRONYM else 0
        if not self.given:
            return 0
        return 1 if len(self.given[0]) == 1 else 2


@lru_cache(maxsize=100_000)
def parts_of(name: str, spelling: str) -> Parts:
    """Take the name with this id apart; hyphens of ``spelling`` hold a surname together."""
    entity = iris.named_entity(name)
    segment, _, slug = entity.partition("/")
    words = tuple(slug.split("-"))
    if segment != "person":
        title, form = organization_words(words)
        return Parts(person=False, given=(), surname=title, suffix=form, words=words)
    given, surname, suffix = person_words(words)
    joined = _hyphenated(spelling)
    whole = (*given, *surname)
    if len(joined) > 1 and whole[-len(joined) :] == joined and not _is_east_asian(words):
        given, surname = whole[: -len(joined)], joined
    if given and _CONSONANTS.fullmatch(given[0]):
        given = (*given[0], *given[1:])  # "JD" is two initials
    core = tuple(word for word in surname[:-1] if word not in particles())
    return Parts(
        person=True,
        given=given,
        surname=(*core, surname[-1]),
        suffix=suffix,
        words=words,
    )


def possible(one: Parts, other: Parts, *, known: bool) -> bool:
    """Whether the two can be one's; ``known`` says that an article uses both for the same."""
    if one.person != other.person:
        return False
    if one.person:
        return _one_person(one, other, known=known)
    if one.surname == other.surname:
        return one.suffix == other.suffix or not (one.suffix and other.suffix)
    return is_acronym(one, other) or is_acronym(other, one)


def is_acronym(short: Parts, full: Parts) -> bool:
    """Whether ``short`` is made of the first letters of ``full``."""
    if short.person or len(short.words) != 1 or len(full.words) < 2:
        return False
    letters = short.words[0]
    return letters in {
        initials(full.words),
        initials(full.surname),
        "".join(word[0] for word in full.words),
    }


def needs_evidence(weak: Parts, others: Iterable[Parts]) -> bool:
    """Whether the rules alone do not join ``weak`` to ``others``: an article has to.

    An acronym is made of many names' letters, and a lone word that is a given name may be one.
    """
    if weak.person:
        return not weak.given and is_given_name(weak.surname[-1]) and not _is_surname(weak)
    return all(is_acronym(weak, other) for other in others)


def rank(parts: Parts, others: Iterable[Parts]) -> tuple[int, int, int, tuple[str, ...]]:
    """The order of names as an entity's own: full before short, simple before long."""
    level = parts.level if parts.person else int(not any(is_acronym(parts, o) for o in others))
    return (-level, len(parts.words), sum(map(len, parts.words)), parts.words)


def _one_person(one: Parts, other: Parts, *, known: bool) -> bool:
    if not _one_surname(one, other):
        return False
    if not one.given or not other.given:
        return True
    same_given = known or _given_agree(one.given[0], other.given[0])
    if not same_given:
        return False
    full = one.level == other.level == 2
    if full and one.suffix != other.suffix and _equal(one.given[0], other.given[0]):
        return False  # father and son; but Joe Biden can be Joseph R. Biden Jr.
    return known or _middles_agree(one.given[1:], other.given[1:])


def _one_surname(one: Parts, other: Parts) -> bool:
    if one.surname == other.surname:
        return True
    if one.level < 2 or other.level < 2:
        # Alone, "Myers" is not "Miers"; only endings of romanisation are passed over.
        left, right = " ".join(one.surname), " ".join(other.surname)
        return left[-1] in "iy" and right[-1] in "iy" and left.rstrip("iy") == right.rstrip("iy")
    return tuple(map(variant, one.surname)) == tuple(map(variant, other.surname))


def _given_agree(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return _equal(one, other) or (
        min(len(one), len(other)) >= _LONG
        and one[0] == other[0]
        and one[-1] == other[-1]
        and Levenshtein.distance(one, other, score_cutoff=1) <= 1
    )


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(
        left[0] == right[0] if len(left) == 1 or len(right) == 1 else _equal(left, right)
        for left, right in zip(one, other, strict=False)
    )


def _equal(one: str, other: str) -> bool:
    return one == other or variant(one) == variant(other)


def _is_surname(parts: Parts) -> bool:
    return is_east_asian((parts.surname[-1], parts.surname[-1]))


def _is_east_asian(words: tuple[str, ...]) -> bool:
    return is_east_asian(words) or is_east_asian((words[-1], *words[:-1]))


def _hyphenated(spelling: str) -> tuple[str, ...]:
    """The words of the last word of ``spelling``, where hyphens join several."""
    last = spelling.split()[-1:] or [""]
    words = tuple(iris.slug(last[0]).split("-"))
    return words if all(word not in SMALL_WORDS for word in words) else words[-1:]
