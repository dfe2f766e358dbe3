"""What an article says about the people it names: role, gender, description, affiliation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from loader.extract.components.annotations import COUNTRIES, ORGANIZATIONS, PEOPLE
from loader.extract.components.descriptions import description_behind, words_before
from loader.extract.components.given_names import Gender, gender_of
from loader.extract.components.offices import Office, offices_in
from loader.extract.components.person_names import parse_name
from loader.extract.components.roles import roles_in
from loader.extract.components.titles import Title

Words = tuple[tuple[int, int] | None, tuple[int, int] | None]


@dataclass(slots=True)
class Profile:
    """One person: where named, by which roles called, how described.

    ``roles`` are lower-case nouns ("analyst"), ``descriptions`` spans of the text, the title before
    the name or the apposition behind it; ``offices`` are those that they name, ``countries`` the
    codes of countries within them.
    """

    name: str
    gender: Gender | None = None
    mentions: list[Span] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    titles: list[Span] = field(default_factory=list)
    descriptions: list[Span] = field(default_factory=list)
    offices: set[Office] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)


def profiles_of(doc: Doc, titles: list[Title]) -> dict[str, Profile]:
    """Return the profile of each person in ``doc.spans["people"]``, by name."""
    title_ends = {title.end: title for title in titles}
    told = _told(doc, title_ends)
    profiles: dict[str, Profile] = {}
    for mention, (before, behind) in zip(doc.spans[PEOPLE], told, strict=True):
        profile = profiles.setdefault(mention.kb_id_, Profile(name=mention.kb_id_))
        profile.mentions.append(mention)
        title = title_ends.get(mention.start)
        if title is not None:
            profile.gender = profile.gender or title.gender
        if before is not None:
            profile.titles.append(doc[slice(*before)])
        if behind is not None:
            profile.descriptions.append(doc[slice(*behind)])
    for profile in profiles.values():
        _sum_up(doc, profile)
    return profiles


def _told(doc: Doc, title_ends: dict[int, Title]) -> list[Words]:
    """Return the token ranges of the words before and behind each mention, read once a text."""
    found: list[Words] | None = doc.user_data.get("told of people")
    if found is None:
        spans = (
            (
                words_before(doc, mention, title_ends.get(mention.start)),
                description_behind(doc, mention),
            )
            for mention in doc.spans[PEOPLE]
        )
        found = doc.user_data["told of people"] = [
            (_range(before), _range(behind)) for before, behind in spans
        ]
    return found


def _range(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def _sum_up(doc: Doc, profile: Profile) -> None:
    countries: dict[int, str] = {
        i: span.kb_id_ for span in doc.spans[COUNTRIES] for i in range(span.start, span.end)
    }
    for span in (*profile.titles, *profile.descriptions):
        profile.roles |= roles_in(span)
        profile.offices |= set(offices_in(list(span), countries))
        profile.countries |= {countries[i] for i in range(span.start, span.end) if i in countries}
    for mention in profile.mentions:
        before, behind = mention.start - 2, mention.end + 1
        if doc[mention.start - 1].lower_ == "'s" and before in countries:
            profile.countries.add(countries[before])
        if behind < len(doc) and doc[behind].lower_ == "the":
            behind += 1
        if behind in countries and doc[mention.end].lower_ in {"of", "from"}:
            profile.countries.add(countries[behind])
    if profile.gender is None:
        name = parse_name(profile.name)
        if name.given:
            profile.gender = gender_of(name.given[0])
    if profile.gender is None:
        endings = {"man": "male", "woman": "female"}
        for ending, gender in endings.items():
            if any(re.search(rf"(?<!wo){ending}$", role) for role in profile.roles):
                profile.gender = "male" if gender == "male" else "female"


def mentions_by_token(doc: Doc) -> dict[int, Span]:
    """Return the person or organization that each token names; people win."""
    table: dict[int, Span] = {}
    for key in (ORGANIZATIONS, PEOPLE):
        for span in doc.spans[key]:
            table.update((i, span) for i in range(span.start, span.end))
    return table


def countries_by_token(doc: Doc) -> dict[int, Span]:
    """Return the country mention at each token."""
    return {i: span for span in doc.spans[COUNTRIES] for i in range(span.start, span.end)}


def iter_mentions(
    profiles: dict[str, Profile], labels: frozenset[int] = frozenset()
) -> Iterator[tuple[int, Profile]]:
    """Yield all mentions with their person, in the order of the text, but for ``labels``."""
    places = ((m.start, p.name) for p in profiles.values() for m in p.mentions)
    for start, name in sorted(places):
        if start not in labels:
            yield start, profiles[name]
