"""Offices: the rank and field that a phrase names, so that two phrases can mean one holder.

"French PM" and "Prime Minister Gabriel X" are one office, "the finance minister" and "Foreign
Minister Y" are two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from loader.extract.components.data import LISTS
from loader.extract.components.roles import is_over, role_noun, words

Agreement = Literal[0, 1, 2]
"""How well two phrases agree: not, perhaps, surely."""

_LOWER = frozenset({"deputy", "vice", "assistant", "associate", "junior", "lieutenant", "dep"})
_FIRST = frozenset({"prime", "chief", "first"})
_LINKS = frozenset({"of", "for"})
_INSIDE = frozenset({"and", "&", "the", "-", "'s", "of", "for"})
_PORTFOLIOS = frozenset({"minister", "secretary"})
_GENERAL = frozenset({"attorney", "secretary", "solicitor", "surgeon", "inspector", "director"})
_SPELLINGS = {"defence": "defense", "labour": "labor", "economic": "economy", "external": "foreign"}
_NO_FIELD = frozenset(
    {"affair", "affairs", "ministry", "department", "minister", "mr", "ms", "mrs"}
)
_NAMING = frozenset({"NOUN", "PROPN"})
_FIELD_ADJECTIVES = frozenset({"foreign", "external", "economic", "social", "public", "digital"})
_GENERIC = frozenset({"leader", "lawmaker", "politician", "diplomat", "officer"})
"""First words of rows in ``roles_same.tsv`` whose others are kinds of them, not the same."""

_LONGEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A rank ("minister") with the words of its field ("finance"), which may be none.

    ``lower`` tells a deputy from the head, ``over`` a former holder from the present one.
    """

    rank: str
    field: frozenset[str] = frozenset()
    lower: bool = False
    over: bool = False

    @property
    def is_one_persons(self) -> bool:
        """Whether an article that names one holder speaks of no other: a mayor, no officer."""
        return self.rank not in words("shared")


def is_short(token: Token) -> bool:
    """Whether ``token`` is an office in short: "PM", "VP"."""
    return token.text[0].isupper() and token.lower_.rstrip(".") in _short_forms()


def offices_in(phrase: Sequence[Token], places: Iterable[int] = ()) -> Iterator[Office]:
    """Yield the offices that ``phrase`` names; the tokens ``places`` name countries, no fields."""
    skipped = set(places)
    over = False
    phrase = _without_possessors(phrase)
    for at, token in enumerate(phrase):
        over = over or is_over(token)
        if token.text in {",", ";"}:
            over = False
        rank = role_noun(token)
        short = _short_forms().get(token.lower_.rstrip("."), ())
        if short and (token.text[0].isupper() or rank is not None):
            if any(" " in written for written in short):
                yield from (_written_out(written, over=over) for written in short)
                continue
            rank = short[0]
        if rank is not None and rank not in _LOWER and rank in words("official") | words("head"):
            yield from _office(phrase, at, rank, skipped, over=over)


def _without_possessors(phrase: Sequence[Token]) -> Sequence[Token]:
    """Leave out whose somebody is: "the president's spokesman" is no president."""
    within = {token.i for token in phrase}
    owners = [token for token in phrase if token.dep_ == "poss" and token.head.i in within]
    owning = {token.i for owner in owners for token in owner.subtree}
    return [token for token in phrase if token.i not in owning]


def agreement(wanted: Office, held: Office) -> Agreement:
    """Tell whether who is called ``wanted`` can be who is called ``held``."""
    if wanted.lower > held.lower or (wanted.over and not held.over):
        return 0
    if held.lower and not wanted.lower:
        # "The minister" can be a deputy minister, "the president" no vice president.
        return 1 if wanted.rank == held.rank and wanted.rank in _PORTFOLIOS else 0
    shared = wanted.field & held.field
    parties = words("partisan")
    if wanted.field & parties and held.field & parties and not shared & parties:
        return 0
    if wanted.rank != held.rank:
        portfolios = {wanted.rank, held.rank} == _PORTFOLIOS
        if portfolios:
            return 2 if shared else 0
        if wanted.field and not shared and "leader" not in {wanted.rank, held.rank}:
            return 0
        return 1 if _can_be(wanted.rank, held.rank) else 0
    if not wanted.field:
        return 2
    if not held.field:
        return 1
    if wanted.field <= held.field or held.field <= wanted.field:
        return 2
    return 0 if wanted.rank in _PORTFOLIOS else 1


def _office(
    phrase: Sequence[Token], at: int, rank: str, skipped: set[int], *, over: bool
) -> Iterator[Office]:
    before = list(_before(phrase, at))
    if phrase[at].lower_ == "general" and before and before[0].lower_ in _GENERAL:
        field = frozenset(_folded(token) for token in before[1:] if _names_field(token))
        yield Office(rank=f"{before[0].lower_} general", field=field, over=over)
        return
    behind = phrase[at + 1] if at + 1 < len(phrase) else None
    if behind is not None and behind.lower_ == "general":
        return
    lower = any(token.lower_ in _LOWER for token in before)
    first = next((token.lower_ for token in before if token.lower_ in _FIRST), None)
    if rank == "minister" and first:
        rank = f"{first} minister"
    near = [*before, *_behind(phrase, at)]
    field = frozenset(
        _folded(token)
        for token in near
        if token.i not in skipped and _names_field(token) and token.lower_ not in _FIRST
    )
    yield Office(rank=rank, field=field, lower=lower, over=over)


def _before(phrase: Sequence[Token], at: int) -> Iterator[Token]:
    """Yield the words that stand directly before a rank, the nearest first."""
    for step in range(at - 1, -1, -1):
        token = phrase[step]
        noun = token.pos_ in {"NOUN", "PROPN", "ADJ"} or token.lower_ in {"and", "&", "-"}
        if not noun or token.is_space:
            return
        ranked = role_noun(token) is not None and token.lower_ not in _LOWER | _FIRST
        if ranked and token.lower_ not in _GENERAL:
            return
        yield token


def _behind(phrase: Sequence[Token], at: int) -> Iterator[Token]:
    """Yield the words of "of …" and "for …" behind a rank, up to what is no part of them."""
    if at + 1 < len(phrase) and phrase[at + 1].text == ".":
        at += 1  # "Sec. of State"
    if at + 1 >= len(phrase) or phrase[at + 1].lower_ not in _LINKS:
        return
    for token in phrase[at + 2 : at + _LONGEST]:
        if token.lower_ not in _INSIDE and token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
            return
        yield token


def _names_field(token: Token) -> bool:
    word = token.lower_
    if word in _INSIDE or word in _NO_FIELD or word in _LOWER or role_noun(token) is not None:
        return False
    return token.pos_ in _NAMING or word in _FIELD_ADJECTIVES or token.text[0].isupper()


def _folded(token: Token) -> str:
    word = token.lower_.rstrip(".")
    return _SPELLINGS.get(word, word)


def _written_out(office: str, *, over: bool) -> Office:
    """Return the office that words without a parse name: "deputy prime minister"."""
    *before, rank = office.split()
    if rank == "general":
        return Office(rank=office, over=over)
    if rank == "minister" and (first := _FIRST.intersection(before)):
        rank = f"{min(first)} minister"
    return Office(
        rank=rank,
        field=frozenset(before) - _LOWER - _FIRST,
        lower=not _LOWER.isdisjoint(before),
        over=over,
    )


def _can_be(one: str, other: str) -> bool:
    """Whether "the leader" can be the president; a president is no minister, though both lead."""
    for row in LISTS("roles", "same").groups:
        if one in row and other in row and (row[0] not in _GENERIC or row[0] in {one, other}):
            return True
    return False


def _short_forms() -> Mapping[str, tuple[str, ...]]:
    return LISTS("roles", "short_offices").table
