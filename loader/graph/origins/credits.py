"""Which agency or outlet an article credits with the whole of its report, and where it says so.

What credits is the place: a dateline, a byline, a line below the article. What a report says of an
outlet elsewhere ("told Reuters") is of one statement, and is told by its channel.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from loader.articles.outlets import is_wire, wires_named
from ontology.iris import organization_id
from ontology.records import Span

Weight = Literal["whole", "part"]
"""Whether the outlet's is the report, or it has helped with it."""

_LOOK = 160
_HEAD = 120
"""Characters of a line in which its dateline ends."""
_DATELINE_BEFORE = re.compile(r"[^\n]*[(\[]\s*(?:via )?$")
_DATELINE_AFTER = re.compile(r"\s*[)\]](?:\s*(?:[\-–—―:]|$|\n)|\s)")
_DASHED_AFTER = re.compile(r"\s*[)\]]\s*[\-–—―:]")
_FIRST_BY = re.compile(
    r"\b(?:(?:first|originally) (?:appeared|published|reported|posted|broadcast)|republished"
    r"|re-?printed|courtesy of|syndicated|provided by|©|\(c\)|copyright)[^.\n]{0,60}$",
    re.IGNORECASE,
)
_HELPED_BEFORE = re.compile(
    r"\b(?:(?:with|additional|including) (?:\w+ )?"
    r"(?:reporting|material|information|files?|reports?)"
    r"|with agenc(?:y|ies)|with inputs?|with files|reporting) (?:by|from)\b[^.\n]{0,80}$",
    re.IGNORECASE,
)
_HELPED_AFTER = re.compile(
    r"[^.\n]{0,80}\bcontributed (?:to|reporting|additional)\b", re.IGNORECASE
)
_LINE_HEAD = re.compile(
    r"\s*(?:by|source|via|from|credit|agency)\b\s*:?[^\n]{0,70}$", re.IGNORECASE
)
_LINE_TAIL = re.compile(
    r"(?:\s*[,|/·–—-]?\s*(?:staff|writers?|reporters?|correspondents?|and|news|agency|agencies"
    r"|\d[\w:., ]{0,30}))*\s*[)\].]*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[^\n]*(?:[–—―]|--|\s-|[(\[])\s*$")
_MAX_BYLINE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An outlet (an id) that an article credits, and the words that do."""

    outlet: str
    span: Span
    weight: Weight


def credited(text: str, named: Iterable[tuple[Span, str]], outlet: str | None) -> Credit | None:
    """The one outlet that an article has its report from; None where it is none, or not certain.

    Credits for the whole count before those for help: "LONDON (AP) — … Reuters contributed".

    Args:
        text: The article's.
        named: Where it names organizations, with their ids.
        outlet: Who published it: only an agency is credited by its own outlet's lines.
    """
    places = dict(named)
    for span, name in wires_named(text):  # "(dpa)" is no name to who reads the prose
        if not any(start < span[1] and span[0] < end for start, end in places):
            places[span] = organization_id(name)
    found = [item for place in sorted(places.items()) if (item := _credit(text, *place))]
    own = [item for item in found if item.outlet != outlet or is_wire(text[slice(*_name(item))])]
    for weight in ("whole", "part"):
        chosen = [item.credit for item in own if item.credit.weight == weight]
        if chosen:
            return chosen[0] if len({item.outlet for item in chosen}) == 1 else None
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    credit: Credit
    name: Span

    @property
    def outlet(self) -> str:
        return self.credit.outlet


def _name(found: _Found) -> Span:
    return found.name


def _credit(text: str, span: Span, entity: str) -> _Found | None:
    """What the place of an outlet's name says: a credit, or nothing."""
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(line_start, start - _LOOK) : start]
    after = text[end : min(line_end, end + _LOOK)]
    words: Span | None = None
    weight: Weight = "whole"
    if _is_dateline(text, span, line_start, before, after):
        closing = re.compile(r"\s*[)\]]").match(text, end)
        words = line_start, closing.end() if closing else end
    elif match := _FIRST_BY.search(before):
        words = start - len(before) + match.start(), end
    elif match := _HELPED_BEFORE.search(before):
        words, weight = (start - len(before) + match.start(), end), "part"
    elif match := _HELPED_AFTER.match(after):
        words, weight = (start, end + match.end()), "part"
    elif _is_line(text, span, line_start, line_end, before, after):
        words = line_start, line_end
    if words is None:
        return None
    return _Found(credit=Credit(outlet=entity, span=_bare(text, words), weight=weight), name=span)


def _is_dateline(text: str, span: Span, line_start: int, before: str, after: str) -> bool:
    """Whether it is that of "LONDON (AP) —": only an agency's name stands so without a dash."""
    if span[1] - line_start > _HEAD or not _DATELINE_BEFORE.match(before):
        return False
    if _DASHED_AFTER.match(after):
        return True
    place = text[line_start : span[0]].strip(" (")
    return (
        bool(_DATELINE_AFTER.match(after))
        and is_wire(text[slice(*span)])
        and (not place or place.split()[0].isupper())
    )


def _is_line(
    text: str, span: Span, line_start: int, line_end: int, before: str, after: str
) -> bool:
    """A byline, a line with nothing else, or an agency's name at the very end."""
    short = line_end - line_start <= _MAX_BYLINE
    if (
        short
        and _LINE_TAIL.match(after)
        and (_LINE_HEAD.match(before) or not before.strip(" —–-("))
    ):
        return True
    ends = not text[span[1] :].strip(" )].\n")
    return ends and is_wire(text[slice(*span)]) and bool(_SIGNED.match(before))


def _bare(text: str, span: Span) -> Span:
    """``span`` without the spaces around it."""
    words = text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[1] - len(words) + len(words.rstrip())
