"""Organizations that their own words give away.

"Ministry of ...", "... Party", "the firm X", "X Corp.", "World Trade Union (WTU)", and what the
model calls an organization where its shape does not speak against it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from loader.articles.outlets import outlet_last_words
from loader.extract.components.annotations import COUNTRIES, PEOPLE
from loader.extract.components.country_forms import country_demonyms, country_texts
from loader.extract.components.data import LISTS
from loader.extract.components.organization_lexicon import ORGANIZATION, OUTLET

ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}s?|[A-Z]{2,}[a-z]?[A-Z]*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_MAX_TOKENS = 10
_SHORT_COUNTRIES = frozenset({"US", "UK", "U.S.", "U.K.", "USA", "UAE", "EU"})
_HOLDERS = frozenset({"CEO", "CFO", "COO", "CTO", "Chairman", "Chairwoman", "Chair", "Spokesman"})
_HOLDERS |= {"Spokeswoman", "Spokesperson", "Director", "Professor", "Manager", "Coach", "Chief"}
"""Who may stand right behind an organization's name: "Museum of Flight CEO"."""
_RANKING = frozenset({"High", "Chief", "Managing", "Executive", "General", "Deputy", "Vice"})
_LINKING = frozenset({"of", "for", "the", "on", "against"})
_FOREIGN = frozenset({
    "de", "del", "des", "du", "di", "da", "do", "dos", "das", "della", "dei", "delle", "en", "et",
    "y", "e", "la", "le", "les", "los", "las", "pour", "sur", "à", "für", "und", "der", "voor",
    "van", "och",
})  # fmt: skip
_INNER = _FOREIGN | {"of", "for", "the"}
_GROUPS = frozenset({"People", "Women", "Men", "Children", "Workers", "Farmers", "Sheriff"})
"""Whose bodies these are: "Women's League", "People's Front"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A ``Doc`` with the indices of its tokens in titles, headlines, countries and people.

    ``texts`` counts how often each of its tokens' texts stands in it.
    """

    doc: Doc
    titles: frozenset[int]
    headlines: frozenset[int]
    countries: frozenset[int]
    people: frozenset[int]
    texts: Counter[str]


def survey(doc: Doc, titles: frozenset[int], headlines: frozenset[int]) -> Ground:
    """Return the ground on which organizations are looked for."""
    return Ground(
        doc=doc,
        titles=titles,
        headlines=headlines,
        countries=_covered(doc.spans[COUNTRIES]),
        people=_covered(doc.spans[PEOPLE]),
        texts=Counter(token.text for token in doc),
    )


def find_runs(ground: Ground) -> Iterator[Span]:
    """Yield spans labelled ORGANIZATION or OUTLET; they may overlap, the surest come first."""
    yield from _keyword_runs(ground)
    yield from _offices(ground)
    yield from _of_countries(ground)
    yield from _of_persons(ground)
    yield from _after_kinds(ground)


def _keyword_runs(ground: Ground) -> Iterator[Span]:
    doc = ground.doc
    finals, leaders = words("final"), words("leading")
    for token in doc:
        if token.i in ground.titles or token.i in ground.headlines:
            continue
        if token.text in leaders and _links_on(token):
            start = _extend_left(token, ground.titles)
            yield _label(doc, start, _extend_right(token, extended=start < token.i - 1))
        elif token.text in finals:
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if following is not None and following.text in finals:
                continue
            start = _extend_left(token, ground.titles)
            if following is not None and following.ent_iob_ == "I" and following.text[0].isupper():
                continue
            if token.i > 1 and f"{doc[token.i - 1].text} {token.text}" in words("not_final_pairs"):
                continue
            bare = _is_only_a_country(ground, start, token.i)
            if start < token.i and not bare and not is_country(ground, start, token.i + 1):
                yield _label(doc, start, token.i + 1)


def is_on(doc: Doc, link: int) -> bool:
    """Whether "on" belongs to a name: "Council on Ports", not "Council on Friday"."""
    dated = link + 1 < len(doc) and doc[link + 1].ent_type_ in {"DATE", "TIME"}
    first = link < 2 or not doc[link - 2].text[0].isupper()
    leads = first and doc[link - 1].text in words("leading")
    return (leads or doc[link - 1].text in words("on_behind")) and not dated


def _offices(ground: Ground) -> Iterator[Span]:
    """Yield bodies whose last word is small: "the Kern County Sheriff's office"."""
    doc = ground.doc
    for token in doc[2:]:
        if token.text not in words("small_final"):
            continue
        last = token.i - 2 if doc[token.i - 1].text == "'s" else token.i - 1
        if doc[last].text not in words("before_small_final"):
            continue
        start = _extend_left(doc[last], ground.titles)
        if start < last:
            yield Span(doc, start, token.i + 1, label=ORGANIZATION)


def _links_on(token: Token) -> bool:
    """Whether "of" and a capitalised word follow, with or without an article."""
    doc, step = token.doc, token.i + 1
    if step < len(doc) and doc[step].text in _FOREIGN and step + 1 < len(doc):
        return doc[step + 1].text[0].isupper() or doc[step + 1].text in _FOREIGN
    if step >= len(doc) or doc[step].lower_ not in {"of", "for", "on", "against"}:
        return False
    if doc[step].lower_ == "on" and not is_on(doc, step):
        return False
    step += 1
    while step < len(doc) and doc[step].lower_ in {"the", "for"}:
        step += 1
    return step < len(doc) and doc[step].text[0].isupper() and not doc[step].is_space


def _extend_left(token: Token, titles: frozenset[int]) -> int:
    doc, start = token.doc, token.i
    while start > 0 and token.i - start < _MAX_TOKENS:
        before = doc[start - 1]
        if before.i in titles or before.is_space:
            break
        if before.text[0].isupper() or _ORDINAL.fullmatch(before.text):
            if before.is_sent_start and before.is_stop:
                break
            start -= 1
        elif (before.text == "&" or before.lower_ == "and") and _within_entity(doc, start):
            start -= 1
        elif (
            before.text == "-"
            and start > 1
            and doc[start - 2].text[0].isupper()
            and (not before.whitespace_)
        ) or (
            before.text == "'s"
            and doc[start - 2].text[0].isupper()
            and (_within_entity(doc, start - 1))
        ):
            start -= 2
        else:
            break
    while start < token.i and doc[start].lower_ in {"the", "and", "&", "'s", "a", "an"}:
        start += 1
    return start


def _extend_right(token: Token, *, extended: bool) -> int:
    """Return where a name ends that ``token`` leads; ``extended``: words stand before it."""
    doc, end, step = token.doc, token.i + 1, token.i + 1
    while step < len(doc) and step - token.i < _MAX_TOKENS:
        word = doc[step]
        if word.is_space:
            break
        if word.text[0].isupper() and word.text[0].isalpha():
            if word.text in _HOLDERS and end == step and doc[step - 1].text not in _RANKING:
                break
            step += 1
            end = step
        elif (word.text in _INNER or (step == token.i + 1 and word.lower_ in _LINKING)) or (
            word.lower_ in {"and", "&"} and _within_entity(doc, step)
        ):
            if word.lower_ == "of" and _is_only_whereabouts(doc, step, extended=extended):
                break
            step += 1
        else:
            break
    return end


def _is_only_whereabouts(doc: Doc, link: int, *, extended: bool) -> bool:
    """Whether "of" adds a place to a whole name: "... Museum of Salem, Oregon", "... of the UK"."""
    step = link + 2 if doc[link + 1 : link + 2].text.lower() == "the" else link + 1
    if step + 1 >= len(doc):
        return False
    behind = doc[step + 1]
    if doc[step].text in _SHORT_COUNTRIES:
        return not behind.text[0].isupper()
    place = LISTS("countries", "states").words | country_texts()
    following = doc[step + 2].text if step + 2 < len(doc) else ""
    return extended and behind.text == "," and following in place


def _within_entity(doc: Doc, position: int) -> bool:
    """Whether the model sees one organization before and after ``position``."""
    if 0 < position < len(doc) and doc[position].text == "'s" and doc[position - 1].text in _GROUPS:
        return True
    return (
        0 < position < len(doc)
        and doc[position].ent_type_ == "ORG"
        and doc[position].ent_iob_ == "I"
        and doc[position - 1].ent_type_ == "ORG"
    )


def _is_only_a_country(ground: Ground, start: int, end: int) -> bool:
    """Whether nothing but a country's name stands before a keyword as common as "Forces"."""
    return is_country(ground, start, end) and ground.doc[end].text in words("common_final")


def _of_countries(ground: Ground) -> Iterator[Span]:
    """Yield agencies and teams that a country's name ends: "Health Canada", "Team Estonia"."""
    doc, kinds = ground.doc, LISTS("countries", "before_country").words
    for token in doc[:-1]:
        if token.text not in kinds or token.i in ground.headlines:
            continue
        end = token.i + 1
        while end < len(doc) and (end in ground.countries or doc[end].text == "GB"):
            end += 1
        start = token.i - (token.i > 0 and doc[token.i - 1].text in {"Public", "British", "Royal"})
        named = doc[token.i + 1 : end].text in country_texts() | {"GB"}
        if named and doc[token.i + 1].text not in country_demonyms():
            yield Span(doc, start, end, label=ORGANIZATION)


def _of_persons(ground: Ground) -> Iterator[Span]:
    """Yield "Biden administration", "Trump campaign"."""
    doc = ground.doc
    for token in doc[1:]:
        if token.lower_ not in {"administration", "campaign"}:
            continue
        start = token.i - 1
        while start and doc[start - 1].ent_type_ == "PERSON" and doc[start].ent_iob_ == "I":
            start -= 1
        name = doc[start]
        if any(word.text == "'s" for word in doc[start : token.i]):
            continue
        named = name.text[0].isupper() and name.pos_ == "PROPN" and start not in ground.titles
        if named and not is_country(ground, start, token.i) and not name.text.isupper():
            yield Span(doc, start, token.i + 1, label=ORGANIZATION)


def _after_kinds(ground: Ground) -> Iterator[Span]:
    """Yield what a word for a kind of organization introduces: "the Russian firm Lastochka"."""
    doc = ground.doc
    kinds, outlets = words("kinds"), words("outlet_kinds")
    for token in doc[:-1]:
        if token.i in ground.headlines or token.text not in kinds | outlets:
            continue
        start = token.i + 1
        end = start
        while (
            end < len(doc)
            and doc[end].text[0].isupper()
            and doc[end].text[0].isalpha()
            and (end not in ground.titles)
        ):
            end += 1
        if end > start and doc[start].pos_ != "ADJ" and not is_taken(ground, start, end):
            label = OUTLET if token.text in outlets else ORGANIZATION
            yield Span(doc, start, end, label=label)


def is_taken(ground: Ground, start: int, end: int) -> bool:
    """Whether a person stands there, or nothing but countries do."""
    return any(i in ground.people for i in range(start, end)) or is_country(ground, start, end)


def is_country(ground: Ground, start: int, end: int) -> bool:
    """Whether countries' names are all that stands there."""
    covered = all(i in ground.countries for i in range(start, end))
    return covered or ground.doc[start:end].text in country_texts()


def _covered(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in range(span.start, span.end))


def _label(doc: Doc, start: int, end: int) -> Span:
    outlet = doc[end - 1].text in outlet_last_words() | words("outlet") and end - start > 1
    return Span(doc, start, end, label=OUTLET if outlet else ORGANIZATION)


def words(group: str) -> frozenset[str]:
    """Return a group of the word lists for organizations."""
    return LISTS("organizations", group).words
