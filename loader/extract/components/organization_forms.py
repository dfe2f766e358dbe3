"""Later, shorter mentions of the organizations that an article names in full.

By acronym ("World Trade Union (WTU)", or by its letters alone), by the same words, by the first
word of a firm's name ("Acton Steel", "Acton"), by the noun that it is ("the Church").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from loader.extract.components.annotations import PEOPLE
from loader.extract.components.country_forms import country_texts
from loader.extract.components.data import LISTS
from loader.extract.components.given_names import is_given_name
from loader.extract.components.organization_lexicon import ORGANIZATION, OUTLET
from loader.extract.components.organization_runs import ACRONYM
from loader.extract.components.person_names import not_names
from loader.extract.components.tokens import text_of

_MIN_LETTERS = 3
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a short form stands for: the label and the full name of an organization."""

    label: str
    name: str


def acronym_of(doc: Doc, span: Span) -> Span | None:
    """Return the acronym defined in brackets behind ``span``: "World Trade Union (WTU)"."""
    start = span.end
    if start < len(doc) and doc[start].text in {"'s", "'"}:
        start += 1
    if start + 2 >= len(doc) or doc[start].text != "(" or doc[start + 2].text != ")":
        return None
    token = doc[start + 1]
    letters = token.text.replace(".", "")
    initials = _initials(span)
    if len(letters) < 2 or not ACRONYM.fullmatch(token.text):
        return None
    fits = letters[0].upper() == span[0].text[0].upper() or letters.upper() in initials.upper()
    return doc[start + 1 : start + 2] if fits else None


def with_short_forms(doc: Doc, named: list[Span], headlines: frozenset[int]) -> list[Span]:
    """Return ``named``, whose ``kb_id_`` are full names, with the later mentions by short forms."""
    forms = dict(_forms(doc, named))
    texts = {text: form for text, form in forms.items() if text}
    taken = {i for span in named for i in range(span.start, span.end)}
    firsts = {text.split()[0].split("-")[0] for text in texts}
    added, longest_first = [], sorted(texts, key=len, reverse=True)
    words: str = text_of(doc)
    for token in doc:
        if token.i in taken or token.text not in firsts:
            continue
        rest = words[token.idx : token.idx + _LONGEST]
        text = next((text for text in longest_first if rest.startswith(text)), None)
        if text is None:
            continue
        place = doc.char_span(token.idx, token.idx + len(text))
        if place is not None and (len(place) > 1 or _stands_alone(place, headlines)):
            form = texts[text]
            added.append(Span(doc, place.start, place.end, label=form.label, kb_id=form.name))
    spans = filter_spans([*named, *added])
    return filter_spans([*spans, *_by_noun(doc, spans)])


def _forms(doc: Doc, named: list[Span]) -> Iterator[tuple[str, Form]]:
    people = {token.text for span in doc.spans[PEOPLE] for token in span}
    by_letters: dict[str, set[str]] = {}
    for span in named:
        form = Form(label=span.label_, name=span.kb_id_)
        if len(span) > 1:
            by_letters.setdefault(_initials(span), set()).add(span.kb_id_)
            first = _firm(span)
            if first is not None and first not in people:
                yield first, form
            called = _faith(span)
            if called is not None:
                yield called, form
    for letters, names in by_letters.items():
        if len(letters) >= _MIN_LETTERS and len(names) == 1:
            yield letters, Form(label=ORGANIZATION, name=next(iter(names)))
    for span in named:
        form = Form(label=span.label_, name=span.kb_id_)
        if len(span) > 1 or span.label_ == OUTLET:
            yield span.text, form
        acronym = acronym_of(doc, span)
        if acronym is not None:
            yield acronym.text, form


def _initials(span: Span) -> str:
    return "".join(token.text[0] for token in span if token.text[0].isupper())


def _firm(span: Span) -> str | None:
    """The first word of a firm's name, by which it is called too."""
    first = span[0].text
    if span[-1].text not in LISTS("organizations", "firm_final").words or len(first) < _MIN_LETTERS:
        return None
    plain = first.casefold() in not_names() or is_given_name(first) or first in country_texts()
    return None if plain or first.casefold() in LISTS("sources", "elsewhere").words else first


def _faith(span: Span) -> str | None:
    """What a church is called without the word: "the Church of Lumina", "Lumina"."""
    if len(span) != len(("Church", "of", "name")) or span[0].text not in {"Church", "Order"}:
        return None
    name = span[-1].text
    return None if span[-1].ent_type_ == "GPE" or name in country_texts() else name


def _stands_alone(place: Span, headlines: frozenset[int]) -> bool:
    """Whether one word is no part of a longer name here."""
    doc, token = place.doc, place[0]
    if token.i in headlines or ACRONYM.fullmatch(token.text):
        return True
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    joined = before is not None and before.text[0].isupper() and not before.is_sent_start
    return not joined and (after is None or not after.text[0].isupper())


def _by_noun(doc: Doc, named: Iterable[Span]) -> Iterator[Span]:
    """Yield "the Church", "the Post": the last one named whose first or last word it is.

    An outlet must be the only one so called.
    """
    nouns = LISTS("organizations", "final").words | LISTS("organizations", "leading").words
    spans = sorted((span for span in named if len(span) > 1), key=lambda span: span.start)
    ends: dict[str, list[Span]] = {}
    for span in spans:
        for word in {span[-1].text, span[0].text}:
            if word in nouns or span.label_ == OUTLET:
                ends.setdefault(word, []).append(span)
    for token in doc[1:-1] if ends else ():
        if token.text not in ends or not _is_pointed_at(token):
            continue
        fitting = ends[token.text]
        outlets = {span.kb_id_ for span in fitting if span.label_ == OUTLET}
        before = [span for span in fitting if span.label_ != OUTLET and span.start < token.i]
        chosen = fitting[0] if len(outlets) == 1 else before[-1] if before else None
        if chosen is not None:
            yield Span(doc, token.i, token.i + 1, label=chosen.label_, kb_id=chosen.kb_id_)


def _is_pointed_at(token: Token) -> bool:
    after = token.nbor()
    pointed = token.nbor(-1).lower_ == "the"
    return pointed and (not after.text[0].isupper() or after.is_space) and after.lower_ != "of"
