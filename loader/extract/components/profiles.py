"""What an article says about the people it names: role, gender, description, affiliation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from loader.extract.components.annotations import COUNTRIES, ORGANIZATIONS, PEOPLE
from loader.extract.components.given_names import Gender, gender_of
from loader.extract.components.offices import Office, offices_in
from loader.extract.components.person_names import parse_name
from loader.extract.components.roles import role_noun, role_nouns, roles_in, words
from loader.extract.components.titles import Title

_MAX_DESCRIPTION = 40
_MAX_WORDS_BEFORE = 9
_INSIDE_PHRASE = frozenset({"of", "for", "-", "'s", "the", "a", "an", "&"})
_CLAUSE_ENDS = frozenset({"who", "whose", "which", "that"})
_DESCRIPTION_STARTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "ADV"})


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
    profiles: dict[str, Profile] = {}
    for mention in doc.spans[PEOPLE]:
        profile = profiles.setdefault(mention.kb_id_, Profile(name=mention.kb_id_))
        profile.mentions.append(mention)
        title = title_ends.get(mention.start)
        if title is not None:
            profile.gender = profile.gender or title.gender
        before = _words_before(doc, mention, title)
        if before is not None:
            profile.titles.append(before)
        behind = _description_behind(doc, mention)
        if behind is not None:
            profile.descriptions.append(behind)
    for profile in profiles.values():
        _sum_up(doc, profile)
    return profiles


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


def _words_before(doc: Doc, mention: Span, title: Title | None) -> Span | None:
    """Return the noun phrase before a name: "the analyst X", "Ukraine's foreign minister, X,"."""
    end = mention.start
    apposed = end > 1 and doc[end - 1].text == ","
    if apposed:
        closing = doc[mention.end] if mention.end < len(doc) else None
        if closing is None or closing.text not in {",", ".", "?", "!", ";"}:
            return None
        end -= 1
    start, found = end, False
    inside_words = _INSIDE_PHRASE | {"at", "in"} if apposed else _INSIDE_PHRASE
    titled = title is not None and title.end == end and title.office
    if title is not None and titled:
        start, found = title.start, True
    while start and end - start < (_MAX_DESCRIPTION if apposed else _MAX_WORDS_BEFORE):
        token = doc[start - 1]
        found = found or role_noun(token) is not None
        inside = token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} or token.lower_ in inside_words
        if token.is_space or not inside or token.sent != mention.root.sent:
            break
        if titled and not apposed and token.lower_ in {"of", "for"}:
            break  # "a spokesman for President X" is not X
        if token.lower_ in {"of", "for", "'s"} and not (found or apposed):
            if _is_office(doc, start - 1, end):
                start -= 2
                found = True
                continue
            # "the chairman of Mr. X" is not X.
            return None
        start -= 1
    while start < end and doc[start].lower_ in inside_words - {"the", "a", "an"}:
        start += 1
    span = doc[start:end]
    return span if len(span) and roles_in(span) else None


def _is_office(doc: Doc, link: int, end: int) -> bool:
    """Whether an office with its field stands before a name: "Minister for Rural Affairs X"."""
    noun, field_ = doc[link - 1] if link else None, doc[link + 1 : end]
    if noun is None or doc[link].text == "'s" or role_noun(noun) is None:
        return False
    return noun.text[0].isupper() and len(field_) > 0 and role_noun(field_[-1]) is None


def _description_behind(doc: Doc, mention: Span) -> Span | None:
    """Return the apposition behind a name: ", a Germany-based economist,"; "(the mayor)"."""
    start = mention.end
    if start >= len(doc):
        return None
    behind = doc[start + 1].lower_ if start + 1 < len(doc) else ""
    if doc[start].lower_ in {"is", "was"} and behind in {"a", "an", "the"}:
        start += 1
    elif doc[start].text == "," and start + 2 < len(doc):
        start += 1
        if _is_learned_clause(doc, start):
            return doc[start : _description_end(doc, start + 2)]
        if doc[start].lower_ == "who" and doc[start + 1].lower_ in {"is", "was"}:
            start += 2
    else:
        return None
    starts = doc[start].pos_ in _DESCRIPTION_STARTS or doc[start].lower_ == "lead"
    if not starts or doc[start].lower_ in _CLAUSE_ENDS:
        return None
    end = _description_end(doc, start)
    span = doc[start:end]
    if not len(span) or not roles_in(_head_part(span)):
        return None
    return span


def _is_learned_clause(doc: Doc, start: int) -> bool:
    """Whether ", who teaches law at ..." starts here: it says as much as "a teacher of law"."""
    return doc[start].lower_ == "who" and doc[start + 1].lower_ in words("learned_verbs")


def _head_part(span: Span) -> Span:
    """Return ``span`` up to its first comma: there the role must stand."""
    for token in span:
        if token.text == "," and token.i > span.start:
            return span.doc[span.start : token.i]
    return span


def _description_end(doc: Doc, start: int) -> int:
    """A description ends at a comma, a verb or the sentence's end; quoted titles stay whole."""
    quoted, step = False, start
    while step < len(doc) and step - start < _MAX_DESCRIPTION:
        token = doc[step]
        if token.text == '"':
            quoted = not quoted
            step += 1
            continue
        if not quoted:
            if token.is_space or (token.is_sent_start and step > start):
                break
            if token.text in {",", ";", ":", ".", "—", ")", "--"} and not _goes_on(doc, step):
                break
            if token.lower_ in _CLAUSE_ENDS or (step > start and _is_main_verb(token)):
                break
        step += 1
    while step > start and doc[step - 1].text in {",", "and", "-", "("}:
        step -= 1
    return step


def _goes_on(doc: Doc, comma: int) -> bool:
    """Whether a list of posts goes on behind a comma: "founder, owner and editor of ..."."""
    return (
        doc[comma].text == ","
        and comma + 2 < len(doc)
        and doc[comma + 1].lower_ in role_nouns()
        and doc[comma + 2].lower_ in {"and", "of", "at", "for", ","}
    )


def _is_main_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"}


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


def iter_mentions(profiles: dict[str, Profile]) -> Iterator[tuple[int, Profile]]:
    """Yield all mentions with their person, in the order of the text."""
    places = ((m.start, p.name) for p in profiles.values() for m in p.mentions)
    for start, name in sorted(places):
        yield start, profiles[name]
