"""What each line of a page may be, and what the patterns say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from loader.articles.outlets import is_masthead


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
    is_role: bool = False
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


def cues_of(lines: Sequence[Line]) -> list[Cues]:
    """Return what the patterns say of every line; lists of related links are marked whole."""
    found: list[Cues] = []
    in_links = False
    for index, line in enumerate(lines):
        cues = _cues(index, line)
        if in_links and line.gap <= 1 and cues.noise is None and _is_link(cues):
            cues = Cues(line=line, noise="related")
        else:
            in_links = cues.noise == "related" and line.words <= 5
        found.append(cues)
    return found


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
        is_role=short and is_role_line(text),
        noise=noise if byline is None else None,
        more=more,
        is_closing=is_closing_note(text),
        is_header=(line.is_header_like or (index == 0 and line.is_sentence)) and more is None,
    )


def _is_link(cues: Cues) -> bool:
    return cues.is_header and not cues.is_meta and cues.line.words >= 3
