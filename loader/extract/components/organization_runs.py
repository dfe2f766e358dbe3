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
from loader.extract.components.country_forms import country_texts
from loader.extract.components.data import LISTS
from loader.extract.components.organization_lexicon import ORGANIZATION, OUTLET
from loader.extract.components.person_names import name_words

_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}s?|[A-Z]{2,}[a-z]?[A-Z]*")
_CAMEL_CASE = re.compile(r"[A-Z][a-z]+[A-Z]\w*")
_MAX_TOKENS = 10
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
    yield from _of_persons(ground)
    yield from _after_kinds(ground)
    yield from _entities(ground)


def acronym_of(doc: Doc, span: Span) -> Span | None:
    """Return the acronym defined in brackets behind ``span``: "World Trade Union (WTU)"."""
    start = span.end
    if start < len(doc) and doc[start].text in {"'s", "'"}:
        start += 1
    if start + 2 >= len(doc) or doc[start].text != "(" or doc[start + 2].text != ")":
        return None
    token = doc[start + 1]
    letters = token.text.replace(".", "")
    initials = "".join(word.text[0] for word in span if word.text[0].isupper())
    if len(letters) < 2 or not _ACRONYM.fullmatch(token.text):
        return None
    fits = letters[0].upper() == span[0].text[0].upper() or letters.upper() in initials.upper()
    return doc[start + 1 : start + 2] if fits else None


def _keyword_runs(ground: Ground) -> Iterator[Span]:
    doc = ground.doc
    finals, leaders = _words("final"), _words("leading")
    for token in doc:
        if token.i in ground.titles or token.i in ground.headlines:
            continue
        if token.text in leaders and _links_on(token):
            start = _extend_left(token, ground.titles)
            yield _label(doc, start, _extend_right(token))
        elif token.text in finals:
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if following is not None and following.text in finals:
                continue
            start = _extend_left(token, ground.titles)
            if following is not None and following.ent_iob_ == "I" and following.text[0].isupper():
                continue
            bare = _is_only_a_country(ground, start, token.i)
            if start < token.i and not bare and not _is_country(ground, start, token.i + 1):
                yield _label(doc, start, token.i + 1)


def _links_on(token: Token) -> bool:
    """Whether "of" and a capitalised word follow, with or without an article."""
    doc, step = token.doc, token.i + 1
    if step >= len(doc) or doc[step].lower_ not in {"of", "for"}:
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
        if before.text[0].isupper() and (before.text[0].isalpha()):
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


def _extend_right(token: Token) -> int:
    doc, end, step = token.doc, token.i + 1, token.i + 1
    while step < len(doc) and step - token.i < _MAX_TOKENS:
        word = doc[step]
        if word.is_space:
            break
        if word.text[0].isupper() and word.text[0].isalpha():
            step += 1
            end = step
        elif word.lower_ in {"of", "for", "the"} or (
            word.lower_ in {"and", "&"} and _within_entity(doc, step)
        ):
            step += 1
        else:
            break
    return end


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
    return _is_country(ground, start, end) and ground.doc[end].text in _words("common_final")


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
        if named and not _is_country(ground, start, token.i) and not name.text.isupper():
            yield Span(doc, start, token.i + 1, label=ORGANIZATION)


def _after_kinds(ground: Ground) -> Iterator[Span]:
    """Yield what a word for a kind of organization introduces: "the Russian firm Lastochka"."""
    doc = ground.doc
    kinds, outlets = _words("kinds"), _words("outlet_kinds")
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
        if end > start and doc[start].pos_ != "ADJ" and not _is_taken(ground, start, end):
            label = OUTLET if token.text in outlets else ORGANIZATION
            yield Span(doc, start, end, label=label)


def _entities(ground: Ground) -> Iterator[Span]:
    doc = ground.doc
    counts: dict[str, int] = {}
    for entity in doc.ents:
        if entity.label_ == "ORG":
            counts[entity.text] = counts.get(entity.text, 0) + 1
    for entity in doc.ents:
        if entity.label_ not in {"ORG", "PRODUCT", "GPE", "PERSON", "NORP"}:
            continue
        start, end = entity.start, entity.end
        while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_punct):
            start += 1
        while end > start and (doc[end - 1].text in {"'s", "'"} or doc[end - 1].is_punct):
            end -= 1
        breaks = [i for i in range(start, end) if doc[i].is_space]
        if breaks and breaks[-1] + 1 < end:
            start = breaks[-1] + 1  # what stands on the line above is no part of the name
        span = Span(doc, start, end, label=ORGANIZATION)
        if start == end or any(i in ground.titles for i in range(start, end)):
            continue
        if _is_taken(ground, start, end) or any(token.is_space for token in span):
            continue
        if entity.label_ != "ORG":
            if len(span) == 1 and _CAMEL_CASE.fullmatch(span.text):
                yield span
            continue
        if _looks_right(ground, span, counts[entity.text]):
            yield span


def _looks_right(ground: Ground, span: Span, count: int) -> bool:
    words = [token for token in span if token.is_alpha or "." in token.text]
    capitals = [token for token in words if token.text[0].isupper()]
    if not words or not capitals or not span[0].text[0].isupper() or not span[-1].text[0].isupper():
        return False
    if (
        span.text in _words("not_organizations")
        or "/" in span.text
        or any(token.like_num for token in span)
    ):
        return False
    small = [token for token in words if not token.text[0].isupper()]
    if any(token.lower_ not in _words("links") for token in small):
        return False
    if span[-1].text in _words("not_final") or span.start in ground.headlines:
        return False
    token = span[0]
    if len(span) > 1:
        return not (token.is_sent_start and token.is_stop)
    if _ACRONYM.fullmatch(token.text):
        return not span.sent.text.isupper()
    if token.lower_ in ground.texts:
        return False
    acts = token.dep_ == "nsubj" and token.head.lemma_.lower() in name_words("human_verbs")
    if token.is_sent_start or acts or count < 2:
        return acts and not token.is_sent_start
    return count == ground.texts[token.text]


def _is_taken(ground: Ground, start: int, end: int) -> bool:
    """Whether a person stands there, or nothing but countries do."""
    return any(i in ground.people for i in range(start, end)) or _is_country(ground, start, end)


def _is_country(ground: Ground, start: int, end: int) -> bool:
    """Whether countries' names are all that stands there."""
    covered = all(i in ground.countries for i in range(start, end))
    return covered or ground.doc[start:end].text in country_texts()


def _covered(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in range(span.start, span.end))


def _label(doc: Doc, start: int, end: int) -> Span:
    outlet = doc[end - 1].text in outlet_last_words() | _words("outlet") and end - start > 1
    return Span(doc, start, end, label=OUTLET if outlet else ORGANIZATION)


def _words(group: str) -> frozenset[str]:
    return LISTS("organizations", group).words
