"""What stands around a line: heads of pages, lists, entries of live reports, archive fields."""

import re
from collections.abc import Sequence

from loader.articles.bylines import parse_bio
from loader.articles.data import LISTS
from loader.articles.dates import find_dates
from loader.articles.labels import Cues
from loader.articles.lines import Line
from loader.articles.outlets import title_outlet

_SECTION = LISTS("patterns", "section").alternatives
_HEAD = 6
"""How many lines may stand above the first paragraph of a page."""
_SENTENCE = 8
_LIST = 9
"""A list of points has fewer lines than this."""
FIELD = re.compile(r"(?:from|to|source|location|topics?|reference|ref|contact):\s", re.IGNORECASE)
"""What a press office or an archive prints above or below a text: "From: Port Authority"."""
SECTION = re.compile(rf"(?:{_SECTION})(?:\s*[/|>»›&,]\s*.{{1,60}})?:?", re.IGNORECASE)

TRAIL = re.compile(rf"(?:{_SECTION})(?:\s*[/>»›|]\s*[^/>»›|]{{1,120}}){{2,}}", re.IGNORECASE)
"""The way to a page through its site: "Home / World / Harbor to close"."""


def near_meta(index: int, cues: Sequence[Cues]) -> bool:
    """Tell whether a date, a role or an outlet stands beside this line."""
    near = [cues[i] for i in (index - 1, index + 1) if 0 <= i < len(cues)]
    if any(cue.is_date or cue.is_masthead or cue.is_role or cue.is_contact for cue in near):
        return True
    byline = cues[index].bare_byline
    if byline is None or any(find_dates(cues[index].line.text)):
        return byline is not None
    following = cues[index + 1].line.text if index + 1 < len(cues) else ""
    bio = parse_bio(following)
    return bio is not None and any(bio[0] == name for name, _ in byline.names)


def is_above_prose(index: int, cues: Sequence[Cues]) -> bool:
    """Tell whether a line stands in the head of the page, under its title."""
    above = cues[:index]
    return 0 < index <= _HEAD and not any(
        cue.line.ends_sentence and cue.line.words >= _SENTENCE for cue in above
    )


def is_issue(line: Line) -> bool:
    """Tell whether a line names the issue an article is from: "Weekend Magazine, 3 May 2023"."""
    last = max((found.span[1] for found in find_dates(line.text)), default=-1)
    return (
        last == len(line.text) and line.words <= 8 and line.capitals == 1.0 and ":" not in line.text
    )


def is_listed(index: int, cues: Sequence[Cues]) -> bool:
    """Tell whether a line stands in a list that a line like "Key points:" opens above it."""
    for step in range(index - 1, max(-1, index - _LIST), -1):
        if cues[step].line.text.endswith(":"):
            return True
        if cues[step + 1].line.gap > 0 or not cues[step].is_header:
            return False
    return False


def is_under_byline(index: int, cues: Sequence[Cues]) -> bool:
    """Tell whether a line stands right under a byline, as the outlet's name may."""
    before = cues[index - 1] if index else None
    return before is not None and (before.byline or before.bare_byline) is not None


def leads_headline(index: int, cues: Sequence[Cues]) -> bool:
    """Tell whether a byline at the top of a page stands above its headline, not under one."""
    if any(not cue.is_meta for cue in cues[:index]) or index + 2 >= len(cues):
        return False
    below, after = cues[index + 1], cues[index + 2]
    title = below.is_header and not below.is_meta and below.noise is None and below.line.words >= 3
    return title and not below.line.ends_sentence and (after.line.ends_sentence or after.is_meta)


def is_under_clock(index: int, cues: Sequence[Cues]) -> bool:
    """Tell whether a line is of the head of a live entry ("13:40", "Analysis")."""
    for cue in reversed(cues[max(0, index - 3) : index]):
        if cue.is_clock or cue.is_stamp:
            return True
        if not cue.is_header:
            break
    return False


def is_front(text: str) -> bool:
    """Tell whether a line names a section of a site: "Latest news - The Harbour Gazette"."""
    found = title_outlet(text) if len(text) < 80 else None
    return found is not None and SECTION.fullmatch(text[slice(*found[1])]) is not None


def is_entry(cue: Cues, before: Cues, earlier: Cues) -> bool:
    """Tell whether a date stands between paragraphs, as above the entries of a chronicle."""
    prose = before.line.ends_sentence and before.line.words >= 8 and not before.is_header
    return cue.is_date and prose and (earlier.is_meta or not earlier.is_header)


def is_quotation(text: str) -> bool:
    """Tell whether a line is a quotation, with at most its speaker after it."""
    closing = max(text.rfind("”"), text.rfind('"', 1))
    return text[0] in '“"' and closing > 40 and len(text) - closing < 45
