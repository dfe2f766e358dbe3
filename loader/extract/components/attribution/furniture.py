"""What stands beside an article's prose: labels, datelines, the lines of its head.

Nothing of it is said by anybody, and no statement begins with it.
"""

from itertools import pairwise

from spacy.tokens import Doc

from loader.extract.components.annotations import COUNTRIES
from loader.extract.components.attribution.ranges import Range
from loader.extract.components.openings import openings
from loader.extract.components.tokens import text_of

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_LONGEST_PLACE = 4
_LONGEST_LINK = 40


def opened(doc: Doc, lines: list[Range]) -> dict[int, int]:
    """Return the tokens of labels and datelines, each with where its line's own text begins."""
    found: dict[int, int] = {}
    for begin, end in openings(text_of(doc)):
        span = doc.char_span(begin, end, alignment_mode="expand")
        if span is not None:
            found.update(dict.fromkeys(range(span.start, span.end), span.end))
    places = [place for line in lines if (place := _labelled_by_place(doc, line)) is not None]
    if len(places) == 1:
        start, end = places[0]
        found.update(dict.fromkeys(range(start, end), end))
    return found


def head(doc: Doc) -> frozenset[int]:
    """Return the tokens of the lines that tell about the article: bylines, dates, mastheads."""
    article = doc._.article
    spans = [
        doc.char_span(begin, end, alignment_mode="expand")
        for begin, end in (article.head if article is not None else ())
    ]
    told = {i for span in spans if span is not None for i in range(span.start, span.end)}
    return frozenset(told | _linked(doc))


def _linked(doc: Doc) -> set[int]:
    """Return the tokens of headlines that bars part, which a page links within a paragraph."""
    if "|" not in text_of(doc):
        return set()
    bars = [token.i for token in doc if token.text == "|"]
    found = set(bars)
    for start, end in pairwise(bars):
        if end - start < _LONGEST_LINK and not any(token.is_space for token in doc[start:end]):
            found.update(range(start, end))
    return found


def _labelled_by_place(doc: Doc, line: Range) -> Range | None:
    """Return the label of "KYIV: …", which is a dateline if but one line has such a one."""
    start, end = line
    while start < end and doc[start].is_space:
        start += 1
    for at in range(start, min(start + _LONGEST_PLACE, end - 1)):
        if doc[at].text == ":":
            return (start, at + 1) if at > start and _is_place(doc, start, at) else None
        if not doc[at].is_upper:
            return None
    return None


def _is_place(doc: Doc, start: int, end: int) -> bool:
    named = any(span.start < end and start < span.end for span in doc.spans[COUNTRIES])
    return named or all(doc[i].ent_type_ in _PLACES for i in range(start, end))
