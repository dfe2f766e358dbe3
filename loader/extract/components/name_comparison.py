"""Whether two names can be one person's: the one set of rules, inside an article and across them.

Names are compared by the words of their slug: without case, accents and points. Precision comes
first: what is only likely stays apart.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_given_name
from loader.extract.components.person_names import (
    PersonName,
    is_east_asian,
    is_generation,
    is_particle,
    parse_name,
)
from ontology import iris

Evidence = Literal["none", "same article", "stated"]
"""What there is beside two names themselves.

- ``none``: they stand in different articles, where namesakes are to be expected.
- ``same article``: they stand in one article, which tells namesakes apart. So short forms of given
  names agree ("Bill", "William"), and middle names are compared loosely.
- ``stated``: an article uses both for the same person, so any given names agree.
"""

_LONG = 8
"""From this length on, given names that differ in one inner letter are one: Frederi(c)k."""

_CONSONANTS = re.compile("[b-df-hj-np-tv-xz]{2,3}")

# Letters that romanisations of one name disagree on: Zelensky, Zelenskyy, Zelenskiy; Aleksey,
# Alexei; Yevgeny, Evgeny; Mikhail, Mihail.
_VARIANTS = (
    (re.compile(r"^m[ou]h?a?mm?[ae]d$"), "mohammed"),
    (re.compile("y"), "i"),
    (re.compile("ii+"), "i"),
    (re.compile("^ie"), "e"),
    (re.compile("ks"), "x"),
    (re.compile("(?<=.)kh"), "h"),
    (re.compile("tsch|tch"), "ch"),
    (re.compile("sch"), "sh"),
    (re.compile("dzh|dj"), "j"),
    (re.compile("ph"), "f"),
    (re.compile("ou"), "u"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonParts:
    """A person's name as it is compared: East Asian given names are one word, initials several.

    ``surname`` has no particles before its last word, ``generation`` is "jr", "iii" and the like.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    generation: str = ""
    nickname: str = ""

    @property
    def level(self) -> int:
        """How much it tells: 0 a surname alone, 1 with initials, 2 a full name."""
        if not self.given:
            return 0
        return 1 if len(self.given[0]) == 1 else 2

    @property
    def is_bare_given_name(self) -> bool:
        """Whether it is one word that is a given name and may be nobody's surname ("James")."""
        last = self.surname[-1]
        return not self.given and is_given_name(last) and not is_east_asian((last, last))


@lru_cache(maxsize=100_000)
def person_parts(text: str) -> PersonParts:
    """The parts of a name as a text spells it, or of the words of its slug."""
    return compared(parse_name(text))


@lru_cache(maxsize=10_000)
def compared(name: PersonName) -> PersonParts:
    """The parts of ``name`` as they are compared."""
    given, surname = _slugs(name.given), _slugs(name.surname) or (iris.slug(name.full),)
    if is_east_asian((*surname, *given)):
        given = ("".join(given),)
    if given and _CONSONANTS.fullmatch(given[0]):
        given = (*given[0], *given[1:])  # "JD" is two initials
    core = tuple(word for word in surname[:-1] if not is_particle(word))
    suffix = iris.slug(name.suffix)
    return PersonParts(
        given=given,
        surname=(*core, *surname[-1:]),
        generation=suffix if is_generation(suffix) else "",
        nickname=iris.slug(name.nickname) if name.nickname else "",
    )


def can_be_one(one: PersonParts, other: PersonParts, evidence: Evidence) -> bool:
    """Whether the two can be one person's; a surname alone can be that of anyone who bears it.

    "Donald J. Trump" and "Donald Trump" can, "Hillary Clinton" and "Bill Clinton" cannot, nor can
    a father and a son told apart by "Jr.".
    """
    if not _one_surname(one, other):
        return False
    if not one.given or not other.given:
        return True
    if not _given_agree(one, other, evidence):
        return False
    if one.generation != other.generation and _equal(one.given[0], other.given[0]):
        return False  # father and son; but "Joe Biden" can be "Joseph R. Biden Jr."
    return _middles_agree(one.given[1:], other.given[1:], evidence)


@lru_cache(maxsize=100_000)
def variant(word: str) -> str:
    """``word`` without the differences that romanisations make."""
    for pattern, replacement in _VARIANTS:
        word = pattern.sub(replacement, word)
    return word


def surname_key(words: tuple[str, ...]) -> str:
    """What the surnames of two names must share, from the words of a slug."""
    return variant(person_parts(" ".join(words)).surname[-1])


def _slugs(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(iris.slug(" ".join(words)).split("-")) if words else ()


def _one_surname(one: PersonParts, other: PersonParts) -> bool:
    if one.surname == other.surname:
        return True
    if one.level < 2 or other.level < 2:
        # Alone, "Myers" is not "Miers"; only endings of romanisation are passed over.
        left, right = " ".join(one.surname), " ".join(other.surname)
        return left[-1] in "iy" and right[-1] in "iy" and left.rstrip("iy") == right.rstrip("iy")
    return tuple(map(variant, one.surname)) == tuple(map(variant, other.surname))


def _given_agree(one: PersonParts, other: PersonParts, evidence: Evidence) -> bool:
    left, right = one.given[0], other.given[0]
    if evidence == "stated" or _equal(left, right):
        return True
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    if evidence == "same article" and _are_short_forms(one, other):
        return True
    return (
        min(len(left), len(right)) >= _LONG
        and left[0] == right[0]
        and left[-1] == right[-1]
        and Levenshtein.distance(left, right, score_cutoff=1) <= 1
    )


def _are_short_forms(one: PersonParts, other: PersonParts) -> bool:
    left, right = one.given[0], other.given[0]
    if any(left in group and right in group for group in _nicknames()):
        return True
    nicknames = {one.nickname, other.nickname} - {""}
    return bool(nicknames.intersection((*one.given, *other.given)))


def _middles_agree(one: tuple[str, ...], other: tuple[str, ...], evidence: Evidence) -> bool:
    """Whether middle names agree at their places, with initials too.

    In one article the same letter is enough ("Mary Anne", "Mary Ann"), and whole names may be
    missing: "Luiz Inácio Lula" is "Luiz Lula", but George W. Bush is not George H. W. Bush.
    """
    if evidence == "stated":
        return True
    near = evidence == "same article"
    if all(
        left[0] == right[0] if near or len(left) == 1 or len(right) == 1 else _equal(left, right)
        for left, right in zip(one, other, strict=False)
    ):
        return True
    short, long = sorted((one, other), key=len)
    remaining = iter(long)
    return near and all(
        len(word) > 1 and any(_equal(word, there) for there in remaining) for word in short
    )


def _equal(one: str, other: str) -> bool:
    return one == other or variant(one) == variant(other)


@cache
def _nicknames() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in LISTS("names", "short_forms").groups)
