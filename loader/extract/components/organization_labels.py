"""What the model calls organizations, where its shape does not speak against it."""

import re
from collections.abc import Iterator

from spacy.tokens import Span

from loader.extract.components.data import LISTS
from loader.extract.components.organization_lexicon import ORGANIZATION, OUTLET
from loader.extract.components.organization_runs import ACRONYM, Ground, is_on, is_taken, words
from loader.extract.components.person_names import name_words

_CAMEL_CASE = re.compile(r"[A-Z][a-z]+[A-Z]\w*")
_MEMBERS_OF = frozenset({"supporters of", "members of", "fans of", "officials of"})
_DOMAIN = re.compile(r"[A-Za-z][\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|io|tv|co\.uk|news)")


def find_labelled(ground: Ground) -> Iterator[Span]:
    """Yield spans labelled ORGANIZATION, and OUTLET for sites named by their address."""
    yield from _parties(ground)
    yield from _sites(ground)
    yield from _entities(ground)


def party_names() -> dict[str, str]:
    """Return the party that each adjective stands for: "Tory"."""
    rows = LISTS("organizations", "parties").rows
    return {row[0]: row[1] for row in rows}


def _parties(ground: Ground) -> Iterator[Span]:
    """Yield the party in "a Conservative councillor", and Labour where it acts."""
    doc, names = ground.doc, party_names()
    lasts = {name.split()[-1] for name in names}
    for token in doc[:-1]:
        if token.text not in lasts or token.i in ground.headlines:
            continue
        after = token.nbor()
        text = doc[max(token.i - 1, 0) : token.i + 1].text
        start = token.i - 1 if text in names else token.i
        if doc[start : token.i + 1].text not in names:
            continue
        acts = token.text == "Labour" and token.dep_ in {"nsubj", "poss"}
        if after.lower_ in words("partisans") or (acts and not after.text[0].isupper()):
            yield Span(doc, start, token.i + 1, label=ORGANIZATION)


def _sites(ground: Ground) -> Iterator[Span]:
    """Yield "Gawker.com" where a sentence speaks of it, not where a link is printed."""
    for token in ground.doc:
        text = token.text
        if "." not in text or text.startswith("www.") or not _DOMAIN.fullmatch(text):
            continue
        if token.ent_type_ == "ORG" or token.dep_ in {"nsubj", "nsubjpass", "poss", "appos"}:
            yield Span(ground.doc, token.i, token.i + 1, label=OUTLET)


def _entities(ground: Ground) -> Iterator[Span]:
    doc = ground.doc
    people = {doc[i].text for i in ground.people}
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
        if doc[start : start + 2].text.lower() in _MEMBERS_OF:
            start += 2
        while end > start and (doc[end - 1].text in {"'s", "'"} or doc[end - 1].is_punct):
            end -= 1
        breaks = [i for i in range(start, end) if doc[i].is_space]
        if breaks and breaks[-1] + 1 < end:
            start = breaks[-1] + 1  # what stands on the line above is no part of the name
        span = Span(doc, start, end, label=ORGANIZATION)
        if start == end or any(i in ground.titles for i in range(start, end)):
            continue
        if is_taken(ground, start, end) or any(token.is_space for token in span):
            continue
        if entity.label_ != "ORG":
            if len(span) == 1 and _CAMEL_CASE.fullmatch(span.text) and span.text not in people:
                yield span
            continue
        if _looks_right(ground, span, counts[entity.text]):
            yield span


def _looks_right(ground: Ground, span: Span, count: int) -> bool:
    spelled = [token for token in span if token.is_alpha or "." in token.text]
    if not spelled or not span[0].text[0].isupper() or not span[-1].text[0].isupper():
        return False
    if _is_something_else(span) or span.start in ground.headlines:
        return False
    small = [token for token in spelled if not token.text[0].isupper()]
    if any(token.lower_ not in words("links") for token in small):
        return False
    if any(token.lower_ == "on" and not is_on(span.doc, token.i) for token in small):
        return False
    token = span[0]
    if len(span) > 1:
        return not (token.is_sent_start and token.is_stop)
    if ACRONYM.fullmatch(token.text):
        return not span.sent.text.isupper()
    if token.lower_ in ground.texts:
        return False
    acts = token.dep_ == "nsubj" and token.head.lemma_.lower() in name_words("human_verbs")
    if token.is_sent_start or acts or count < 2:
        return acts and not token.is_sent_start
    return count == ground.texts[token.text]


def _points_back(span: Span) -> bool:
    """Whether "the Ministry" stands there, which ``organization_forms`` reads."""
    nouns = words("final") | words("leading")
    return span.text in nouns and span.start > 0 and span.doc[span.start - 1].lower_ == "the"


def _is_something_else(span: Span) -> bool:
    """Whether the words name a place, a law, a system, a measure, a group of a contest."""
    last = span[-1].text
    if span.text in words("not_organizations") or last in words("not_final"):
        return True
    if span.text in LISTS("countries", "states").words:
        return True
    if "/" in span.text or any(token.like_num for token in span):
        return True
    if len(span) == 1:
        if _points_back(span):
            return True
        after = span.doc[span.end] if span.end < len(span.doc) else None
        return after is not None and after.lower_ in words("not_bodies")
    if span[1].text == "of" and span[0].text in {"North", "South", "East", "West"}:
        return True
    before = span[-2].text
    if last in {"System", "Systems"} and before in words("not_before_system"):
        return True
    if last in {"Government", "Govt"}:
        return True
    return last in {"Base", "Station"} or (len(last) == 1 and before in {"Group", "Pool", "Class"})
