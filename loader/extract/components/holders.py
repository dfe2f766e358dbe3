"""Whom a title or a role means of those an article names: "French PM", "the analyst"."""

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Span, Token

from loader.extract.components.offices import Agreement, Office, agreement
from loader.extract.components.profiles import Profile
from loader.extract.components.roles import is_scholar, role_noun, same_role, words

_TIES = frozenset({"ADP", "VERB", "AUX", "PART", "SCONJ"})


def holders(
    wanted: Sequence[Office], role: str | None, country: str | None, profiles: Iterable[Profile]
) -> list[Profile]:
    """Return those of ``profiles`` whom a phrase fits best, by its offices or else its ``role``.

    Rank, field and country must agree where both are told.
    """
    fitting = [
        (degree, profile)
        for profile in profiles
        if country is None or not profile.countries or country in profile.countries
        if (degree := _degree(wanted, role, profile))
    ]
    best = max((degree for degree, _ in fitting), default=0)
    return [profile for degree, profile in fitting if degree == best]


def the_only_one(people: Sequence[Profile], country: str | None) -> Profile | None:
    """Return the one whom a phrase can mean before anybody was named, if there is but one.

    Of several it is the one whose country is told and agrees.
    """
    if len(people) > 1 and country is not None:
        people = [profile for profile in people if country in profile.countries]
    return people[0] if len(people) == 1 else None


def is_expert(profile: Profile) -> bool:
    """Whether the article describes somebody as more than an official."""
    if profile.roles & words("expert") or any(map(is_scholar, profile.roles)):
        return True
    leading = profile.roles & words("head") and profile.descriptions
    return bool(leading) and not profile.roles & words("spokesperson")


def bearers_by_token(profiles: Mapping[str, Profile]) -> dict[int, str]:
    """Return whose title each token belongs to, of titles right before a name.

    Of "Deputy Minister for Ports N. Surname" the head is the minister, not the name.
    """
    return {
        i: name
        for name, profile in profiles.items()
        for title in profile.titles
        if any(mention.start == title.end for mention in profile.mentions)
        for i in range(title.start, title.end)
    }


def surnames(profiles: Iterable[str]) -> dict[str, str]:
    """Return the last words of full names that one person alone has, with that person."""
    found: dict[str, str | None] = {}
    for name in profiles:
        words_ = name.split()
        if len(words_) > 1:
            found[words_[-1]] = None if words_[-1] in found else name
    return {word: name for word, name in found.items() if name is not None}


def titled_person(span: Span, named: Mapping[int, Span]) -> Span | None:
    """Return the only person that a phrase names, at its end: "academic and professor Ada Lind"."""
    mention = named.get(span.end - 1)
    if mention is None or mention.label_ != "PERSON" or mention.start <= span.start:
        return None
    before = span.doc[span.start : mention.start]
    people = (named[token.i] for token in before if token.i in named)
    if any(other.label_ == "PERSON" for other in people) or any(map(_parts, before)):
        return None
    return mention if role_noun(before[-1]) is not None else None


def _parts(token: Token) -> bool:
    """Whether a word or mark makes what stands before it somebody else: "the mother of"."""
    return (token.is_punct and token.text != "-") or token.pos_ in _TIES


def _degree(wanted: Sequence[Office], role: str | None, profile: Profile) -> Agreement:
    if wanted:
        return max(
            (agreement(office, held) for office in wanted for held in profile.offices), default=0
        )
    if role is None:
        return 0
    if role in profile.roles:
        return 2
    return 1 if any(same_role(role, other) for other in profile.roles) else 0
