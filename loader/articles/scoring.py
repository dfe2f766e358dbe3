"""How well each label fits a line by itself.

The numbers are log-odds set by hand: 1 is a hint, 3 is strong evidence.
``loader.articles.decoder`` finds the best walk through them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loader.articles.bylines import parse_signed_report, parse_title_byline
from loader.articles.cohesion import Cohesion
from loader.articles.data import LISTS
from loader.articles.headlines import Headlines, may_be_headline
from loader.articles.labels import Cues, Label
from loader.articles.lines import Line
from loader.articles.outlets import has_dateline, has_outlet_suffix
from loader.articles.releases import is_release_line
from loader.articles.surroundings import (
    FIELD,
    SECTION,
    TRAIL,
    is_above_prose,
    is_entry,
    is_front,
    is_issue,
    is_listed,
    is_quotation,
    is_under_byline,
    is_under_clock,
    leads_headline,
    near_meta,
)

_SPEAKER = re.compile(
    r"(?:[A-Z][A-Z.’' \-]{1,30}|[A-Z][\w.’'\-]+(?: [A-Z][\w.’'\-]+){0,3}|Q|A):(?:\s|$)"
)
_SIGNED = re.compile(r"[“\"].{20,}[”\"]\s*[—–-]\s*[A-Z][\w.’'-]*(?: [\w.’'-]+){1,4}")
"""A quotation and its speaker's name: “…” — Ann Lee."""
_LIVE = re.compile(r"\b(?:live|as it happened|latest updates)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:we|you|your|us|our|I|my|me|he|she|they|it|this|that|then)\b")
_COUNTED = re.compile(
    r"(?:the |top |here are |these )*(?:\d{1,3}|three|four|five|six|seven|eight|nine|ten|a dozen)"
    r"(?: \w+){0,2} (?:things|ways|reasons|facts|takeaways|questions|lessons|tips|signs|charts|"
    r"myths|stories|people|places|steps|ideas|moments|quotes|books)\b",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    rf"(?:{LISTS('patterns', 'chapter').alternatives})\b[\s\dIVX:.–—-]*", re.IGNORECASE
)
_QUOTED_CALLS = ("?”", '?"', "!”", '!"')


_SUBHEAD_LENGTHS = (0.5, 0.5, 0.7, 0.7, 0.7, 0.6, 0.4, 0.1, -0.1, -0.2, -0.3, -0.4, -0.5, -0.7)
_RUN = 3
"""Bylines and dates one under another."""
_LONE = -1.3
_HEADLINE = 1.5
"""What the decoder asks of every cut, given back."""


def scores(cues: Sequence[Cues], cohesion: Cohesion) -> list[dict[Label, float]]:
    """Return, for every line, the labels it may have and how well each fits."""
    shape = _Shape.of(cues)
    headlines = Headlines(cues, cohesion)
    return [_scores(index, cues, headlines, shape) for index in range(len(cues))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What the whole page is: teasers, live report, headlines, chronicle …; its usual gap."""

    listing: bool
    live: bool
    headlines: bool
    chronicle: bool
    questions: bool
    gap: int

    @classmethod
    def of(cls, cues: Sequence[Cues]) -> "_Shape":
        headers = [cue.line.text for cue in cues[1:] if cue.is_header and not cue.is_meta]
        questions = sum(text.endswith("?") for text in headers)
        gaps = Counter(cue.line.gap for cue in cues[1:])
        return cls(
            listing=sum(cue.more is not None or cue.noise == "more" for cue in cues) >= 2,
            live=sum(cue.is_clock for cue in cues) >= 3
            or (
                sum(cue.is_stamp for cue in cues) >= 3
                and any(_LIVE.search(cue.line.text) for cue in cues[:4])
            ),
            headlines=not any(cue.line.ends_sentence or cue.line.words > 32 for cue in cues),
            chronicle=sum(map(is_entry, cues[2:], cues[1:], cues)) >= 2,
            questions=questions >= 3 and questions >= 0.6 * len(headers),
            gap=gaps.most_common(1)[0][0] if gaps else 1,
        )


def _scores(
    index: int, cues: Sequence[Cues], headlines: Headlines, shape: _Shape
) -> dict[Label, float]:
    cue, line = cues[index], cues[index].line
    after = cues[index + 1] if index + 1 < len(cues) else None
    if cue.noise is not None:
        return _noise_scores(cue, after)
    if is_release_line(line.text):
        return {Label.KICKER: 3.0, Label.META: 1.0}
    if shape.live and (cue.is_stamp or (cue.bare_byline and is_under_clock(index, cues))):
        return {Label.SUBHEAD: 3.0, Label.META: -2.0, Label.FOOT: -1.0}
    if cue.byline or cue.is_date or cue.is_masthead:
        before = (cues[index - 1], cues[index - 2]) if index > 1 else None
        entry = shape.chronicle and before is not None and is_entry(cue, *before)
        scored = _meta_scores(cue, chronicle=entry)
        if cue.byline and leads_headline(index, cues):
            scored[Label.KICKER] = 4.0
        elif (below := _headline_below(index, cues, headlines)) is not None:
            scored[Label.KICKER] = 2.0 if below else 0.5
        return scored
    found: dict[Label, float] = {}
    if cue.is_clock:
        return {Label.SUBHEAD: 2.0, Label.META: 0.5, Label.BODY: -1.0, Label.FOOT: -1.0}
    found[Label.BODY] = found[Label.OPENING_BODY] = _body_score(line, cue)
    if is_listed(index, cues):
        found[Label.BODY] = 0.3
    if line.words <= 60 and cue.more is None:
        standfirst = -0.6 if line.words <= 45 else -2.0
        if line.is_bullet or not line.ends_sentence:
            standfirst -= 0.8
        found[Label.STANDFIRST] = standfirst
        found[Label.OPENING_STANDFIRST] = standfirst
    if cue.is_role or cue.is_contact or (cue.bare_byline and near_meta(index, cues)):
        found[Label.META] = 2.0 if cue.bare_byline else 1.0
        found[Label.OPENING_META] = found[Label.META] - 1.0
        if cue.bare_byline:
            found[Label.KICKER] = -0.5
    elif cue.is_outlet and is_under_byline(index, cues):
        found[Label.META] = found[Label.OPENING_META] = 2.5
    elif is_above_prose(index, cues) and (cue.bare_byline or is_issue(line)):
        found[Label.META] = 0.8
    elif index == 0 and is_issue(line):
        found[Label.KICKER] = 2.0
    if cue.is_closing:
        found[Label.FOOT] = 2.5 if parse_signed_report(line.text) else 1.5
        if FIELD.match(line.text):
            found |= {Label.META: 1.0, Label.KICKER: 1.0}
    if cue.is_header and not cue.is_closing:
        found |= _header_scores(index, cues, headlines, shape)
    elif may_be_headline(cue) and not cue.is_closing and not is_listed(index, cues):
        found[Label.TITLE] = headlines.log_odds(index) + _HEADLINE
    return found


def _noise_scores(cue: Cues, after: Cues | None) -> dict[Label, float]:
    line = cue.line
    found = {Label.NOISE: 1.0, Label.HEAD_NOISE: 1.0, Label.OUTSIDE: 1.0}
    if cue.noise == "caption":
        found[Label.BODY] = -1.5
    elif cue.noise in {"promotion", "related", "comments"}:
        found[Label.BODY] = -1.0 if line.words > 15 else -2.5
        if cue.is_header and line.words >= 5 and after and (after.is_meta or after.bare_byline):
            found[Label.TITLE] = 0.5
        elif cue.noise == "related" and line.words >= 7:
            found[Label.TITLE] = -1.0
    return found


def _meta_scores(cue: Cues, *, chronicle: bool) -> dict[Label, float]:
    found = {
        Label.META: 2.5,
        Label.KICKER: 0.5 if cue.is_date else -0.2,
        Label.OPENING_META: 2.0,
        Label.FOOT: 0.5,
        Label.SUBHEAD: -1.5,
        Label.BODY: -2.5,
        Label.HEADING: -1.0,
    }
    if cue.is_masthead and not (cue.byline or cue.is_date):
        found |= {Label.META: 1.0, Label.OPENING_META: 0.0, Label.HEADING: 0.7, Label.KICKER: 0.7}
    if chronicle:
        found |= {Label.SUBHEAD: 3.0, Label.META: -2.0}
    return found


def _headline_below(index: int, cues: Sequence[Cues], headlines: Headlines) -> bool | None:
    """Tell whether the bylines and dates around a line belong to the headline right below them.

    True where blank lines set them off from the text above, or where the headline has none of
    its own; None where no headline follows.
    """
    first = last = index
    while first and cues[first - 1].is_meta and index - first < _RUN:
        first -= 1
    while last + 1 < len(cues) and cues[last + 1].is_meta and last - index < _RUN:
        last += 1
    if last + 2 >= len(cues) or headlines.log_odds(last + 1) < 0:
        return None
    above, below = cues[first].line.gap, cues[last].line.gap_after
    if above != below:
        return above > below
    return not (cues[last + 2].is_meta or cues[last + 2].bare_byline)


def _body_score(line: Line, cue: Cues) -> float:
    if cue.more is not None or line.words > 30 or line.is_bullet or line.starts_lower:
        return 0.5
    if _is_capitalised(line) or _LIVE.match(line.text):
        return -1.5
    if line.ends_sentence:
        return 0.5 if line.words >= 8 else 0.2
    if line.is_quoted or line.text[-1] in ",;:" or _SIGNED.fullmatch(line.text):
        return 0.3
    if _SPEAKER.match(line.text):
        return 0.3 if line.words > 18 else -1.2
    return -1.2 if line.words > 18 else -2.2


def _is_capitalised(line: Line) -> bool:
    """Tell whether a line has the capitals of a headline, and is no quotation."""
    return line.words >= 6 and line.capitals >= 0.8 and line.is_header_like and not line.is_quoted


def _header_scores(
    index: int, cues: Sequence[Cues], headlines: Headlines, shape: _Shape
) -> dict[Label, float]:
    line, text = cues[index].line, cues[index].line.text
    title = headlines.log_odds(index) + _HEADLINE
    if index == 0 and len(cues) > 1 and cues[1].byline and not SECTION.fullmatch(text):
        title = max(title, 1.0)  # a word alone is a headline where a byline stands under it
    subhead = _SUBHEAD_LENGTHS[line.words] if line.words < len(_SUBHEAD_LENGTHS) else -1.0
    if parse_title_byline(text):
        title += 3.0
    if _COUNTED.match(text):
        title += 1.0
    if has_outlet_suffix(text):
        title += 2.5
        subhead -= 1.0
    if text.endswith("."):
        subhead -= 0.5
    elif text.endswith(":"):
        subhead += 1.0
    elif text.endswith(_QUOTED_CALLS) and text[0] not in "“\"‘'":
        title -= 2.0  # She asked, “Why now?”
    elif text.endswith(("?", "!")):
        subhead += 0.3
        below = cues[index + 1] if index + 1 < len(cues) else None
        marked = below is not None and (below.is_meta or has_dateline(below.line.text))
        if shape.questions and index and text.endswith("?") and not marked:
            title -= 2.0
        if line.capitals < 0.6 and _ADDRESS.search(text):
            title -= 1.5  # a question to the reader or to a guest is prose
    if line.is_numbered or _CHAPTER.match(text):
        title -= 2.5
        subhead += 1.5
    if line.is_quoted or is_quotation(text) or _SPEAKER.fullmatch(text):
        title -= 3.5 if _SIGNED.fullmatch(text) else 2.0
    elif _SPEAKER.match(text):
        title -= 0.3
    if FIELD.match(text):
        return {Label.META: 1.0, Label.KICKER: 1.0, Label.SUBHEAD: subhead}
    if TRAIL.fullmatch(text):
        return {Label.HEADING: 2.0, Label.KICKER: 1.5, Label.META: 0.0}
    if is_listed(index, cues):
        title -= 3.0
    following = cues[index + 1 : index + 3]
    if any(has_dateline(cue.line.text) for cue in following[:2]):
        title += 2.5
    if shape.live and is_under_clock(index, cues):
        return {Label.SUBHEAD: subhead + 2.0}
    if _LIVE.match(text):
        title += 1.5
    if any(cue.more is not None for cue in following):
        title += 1.0
    lone = title - headlines.log_odds(index) + headlines.lone(index) + _LONE
    lone += 0.6 if line.capitals >= 0.8 else 0
    heading = -1.5 if line.words <= 4 else -3.5
    if line.words <= 6:
        if SECTION.fullmatch(text):
            heading = 1.5
        elif shape.listing and index == 0:
            heading = 1.0
        elif cues[index].is_outlet:
            heading = 0.5
    if index == 0 and is_front(text):
        return {Label.HEADING: 1.5}
    found = {Label.TITLE: title, Label.SUBHEAD: subhead, Label.HEADING: heading}
    if has_outlet_suffix(text) and following and following[0].is_header:
        lone += 1.2
    if not following:
        lone += 1.0
    if shape.headlines:
        lone += 2.0
    if line.words >= 4:
        found[Label.LONE] = lone
    if line.words <= 6:
        found[Label.KICKER] = heading - 0.3
    return found
