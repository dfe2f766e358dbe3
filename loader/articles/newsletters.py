"""Newsletters: the pieces between what a mail says of itself.

A page is a newsletter where at least two lines are about the mail ("View in browser",
"Unsubscribe"). Its headings are the headlines of its pieces, which share its name and its date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from loader.articles.article import Article
from loader.articles.dates import find_dates
from loader.articles.labels import Cues
from loader.articles.outlets import outlet_like

_OF_MAIL = re.compile(
    r"\W*(?:(?:view|open|read|see)\b.{0,40}\b(?:browser|online|web)\b|unsubscribe\b|"
    r".{0,40}\bforwarded (?:this|to you)\b|forwarded\b.{0,40}\?|"
    r"you(?:[’']re| are) (?:receiving|getting|subscribed)\b|"
    r"(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b|"
    r"that[’']s (?:all|it)\b.{0,30}\b(?:today|now|week|us)\b|"
    r"(?:reply|hit reply|write back)\b.{0,40}\b(?:e-?mail|message|newsletter)\b|"
    r"(?:was|did) (?:this|someone)\b.{0,40}\bforward|sent to you by\b|no longer want to receive)",
    re.IGNORECASE,
)
_LEAST = 2
_PROSE = 12
_NUMBER = re.compile(r"\d{1,2}[.):]\s+(?=\S)")
_NAME = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """Which lines of a newsletter are headlines, and which come before the first."""

    headlines: frozenset[int]
    preamble: range
    name: str | None
    day: date | None


def newsletter(cues: Sequence[Cues]) -> Newsletter | None:
    """Read a page as a newsletter of several pieces; None where it is nothing of the kind."""
    lines = [cue.line for cue in cues]
    if sum(_OF_MAIL.match(line.text) is not None for line in lines) < _LEAST:
        return None
    heads = [i for i in range(1, len(cues)) if _heads_piece(i, cues)]
    numbered = [i for i in heads if _NUMBER.match(lines[i].text)]
    if 2 * len(numbered) >= len(heads):
        heads = numbered
    if len(heads) < _LEAST:
        return None
    before = lines[: heads[0]]
    first = lines[0]
    named = first.capitals == 1.0 and first.words <= _NAME and not first.ends_sentence
    return Newsletter(
        headlines=frozenset(heads),
        preamble=range(heads[0]),
        name=outlet_like(first.text) or (first.text if named else None),
        day=next((found.date for line in before for found in find_dates(line.text)), None),
    )


def in_common(found: Newsletter, article: Article) -> Article:
    """Return a piece with what its newsletter says of all, and without its number."""
    title, span = article.title, article.title_span
    number = _NUMBER.match(title) if title else None
    if title and span and number:
        title, span = title[number.end() :], (span[0] + number.end(), span[1])
    return replace(
        article,
        title=title,
        title_span=span,
        outlet=article.outlet or found.name,
        published=article.published or found.day,
    )


def _heads_piece(index: int, cues: Sequence[Cues]) -> bool:
    cue = cues[index]
    if not cue.is_header or cue.is_meta or cue.noise or cue.is_closing or cue.line.words < _LEAST:
        return False
    below = next((each for each in cues[index + 1 :] if each.noise is None), None)
    prose = below is not None and below.line.words >= _PROSE and below.line.ends_sentence
    signed = below is not None and below.byline is not None
    return cue.line.text[-1] != ":" and (prose or signed)
