"""What each line of a page may be, and what the patterns say of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from loader.articles.bylines import (
    BylineLine,
    is_closing_note,
    is_role_line,
    parse_bare_byline,
    parse_byline,
)
from loader.articles.dates import is_clock_line, is_date_line
from loader.articles.lines import Line
from loader.articles.noise import NoiseKind, noise_kind, trailing_more
from loader.articles.outlets import is_masthead, outlet_like

_CONTACT = re.compile(r"(?:e-?mail:? )?[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,20}", re.IGNORECASE)
_COUNTER = re.compile(r"\d{1,4}(?:\.\d)?[KkMm]?(?:\s*(?:/|of)\s*\d{1,3})?|Previous|Next")


class Label(IntEnum):
    """What a line is."""

    HEADING = 0  # of the page, of no article
    OUTSIDE = 1  # noise before, between or after articles
    KICKER = 2  # date, byline or section above a title
    TITLE = 3
    LONE = 4  # a title that is all there is of its article
    OPENING_STANDFIRST = 5  # of an article without a title
    OPENING_META = 6  # byline or date that opens an article without a title
    OPENING_BODY = 7  # first paragraph of an article with nothing above it
    STANDFIRST = 8
    META = 9  # byline, date, masthead below a title
    HEAD_NOISE = 10  # caption or promotion above the first paragraph
    BODY = 11
    SUBHEAD = 12
    NOISE = 13  # caption or promotion after the first paragraph
    FOOT = 14  # byline, date or credit after the last paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the patterns say of a line."""

    line: Line
    byline: BylineLine | None = None
    bare_byline: BylineLine | None = None
    is_date: bool = False
    is_clock: bool = False
    is_masthead: bool = False
    is_outlet: bool = False
    is_role: bool = False
    is_contact: bool = False
    noise: NoiseKind | None = None
    more: int | None = None
    is_closing: bool = False
    is_header: bool = False

    @property
    def is_stamp(self) -> bool:
        """Whether it is a date with a time and no word, as above the entries of a live report."""
        return self.is_date and self.line.text[:1].isdigit() and ":" in self.line.text

    @property
    def is_meta(self) -> bool:
        """Whether it tells about an article rather than being part of its prose."""
        return self.byline is not None or self.is_date or self.is_masthead


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A line with what it was found to be."""

    label: Label
    cues: Cues

    @property
    def text(self) -> str:
        """The line's text."""
        return self.cues.line.text


def span_of(line: Labelled, start: int) -> tuple[int, int]:
    """Return where a line stands in its article, which starts at ``start``."""
    return line.cues.line.start - start, line.cues.line.end - start


def cues_of(lines: Sequence[Line]) -> list[Cues]:
    """Return what the patterns say of every line; lists of related links are marked whole."""
    plain = [_cues(index, line) for index, line in enumerate(lines)]
    found: list[Cues] = []
    in_links = False
    for index, cues in enumerate(plain):
        line = cues.line
        if in_links and line.gap <= 1 and cues.noise is None and _is_link(cues):
            cues = Cues(line=line, noise="related")
        elif cues.noise == "more" and _heads_links(plain[index + 1 : index + 3]):
            cues, in_links = replace(cues, noise="related"), True
        elif _is_button(index, plain):
            cues = Cues(line=line, noise="promotion")
        elif _is_alternative_text(index, plain):
            cues = Cues(line=line, noise="caption")
        else:
            in_links = cues.noise == "related" and line.words <= 5
        found.append(cues)
    return found


def _heads_links(following: Sequence[Cues]) -> bool:
    """Tell whether a bare "Read more" has other headlines under it rather than a teaser above.

    A headline that prose, a byline or a date follows is the next article's.
    """
    if not following or following[0].line.gap > 0 or not _is_link(following[0]):
        return False
    if following[0].noise is not None or len(following) < 2:
        return following[0].noise is None
    after = following[1]
    return after.noise is not None or (_is_link(after) and after.line.words <= 20)


def _is_button(index: int, cues: Sequence[Cues]) -> bool:
    """Tell the figures that count shares or pictures, among the buttons they belong to."""
    cue = cues[index]
    if cue.noise is not None or not _COUNTER.fullmatch(cue.line.text):
        return False
    near = [*cues[max(0, index - 2) : index], *cues[index + 1 : index + 2]]
    return any(each.noise in {"promotion", "related", "comments"} for each in near)


def _is_alternative_text(index: int, cues: Sequence[Cues]) -> bool:
    """Tell a picture's description for the blind, which stands above its caption."""
    cue = cues[index]
    below = cues[index + 1] if index + 1 < len(cues) else None
    loose = cue.line.starts_lower and not cue.line.ends_sentence and cue.noise is None
    return loose and below is not None and below.noise == "caption" and below.line.gap == 0


def _cues(index: int, line: Line) -> Cues:
    text, short = line.text, len(line.text) <= 300
    more = trailing_more(text)
    noise = noise_kind(text, words=line.words) if len(text) <= 1_000 else None
    byline = parse_byline(text) if short else None
    return Cues(
        line=line,
        byline=byline,
        bare_byline=parse_bare_byline(text) if short and not byline and text[-1] != "." else None,
        is_date=short and is_date_line(text),
        is_clock=short and is_clock_line(text),
        is_masthead=short and is_masthead(text),
        is_outlet=short and not is_role_line(text) and outlet_like(text) is not None,
        is_role=short and is_role_line(text),
        is_contact=_CONTACT.fullmatch(text) is not None,
        noise=noise if byline is None else None,
        more=more,
        is_closing=is_closing_note(text),
        is_header=(line.is_header_like or (index == 0 and line.is_sentence)) and more is None,
    )


def _is_link(cues: Cues) -> bool:
    return cues.is_header and not cues.is_meta and cues.line.words >= 3
