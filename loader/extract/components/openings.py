"""Labels and datelines: what a line prints before its own text and nobody says.

"LIVE: …", "UPDATE 2-…", "Opinion | …", "KYIV, March 3 (Reuters) - …", "DEAR ABBY: …". The parser
reads what follows as a sentence of its own, and no statement begins with them.
"""

import re
from collections.abc import Iterator
from functools import cache

from loader.articles.dates import MONTHS
from loader.extract.components.annotations import Offsets
from loader.extract.components.data import LISTS

_LINE = re.compile(r"[^\n]+")
_LONGEST = 120
"""How many characters at most a dateline has with what stands before it."""

_UPPER = "A-ZÀ-ÖØ-Þ"
_CAPITALS = rf"[{_UPPER}][{_UPPER}.'-]+(?: [{_UPPER}][{_UPPER}.'-]+){{0,3}}"
_REGION = rf"(?:[,/] ?[{_UPPER}][\w.'-]*(?: [{_UPPER}][\w.'-]*){{0,2}}){{0,3}}?"
_DAY = rf"(?:,? (?:(?:{MONTHS})\.? \d{{1,2}}|\d{{1,2}} (?:{MONTHS}))(?:, \d{{4}})?)"
_AGENCY = r"(?: ?\([A-Z][^()\n]{1,40}\))"
_DASH = r"(?: ?—+ ?|,? --? )"
_TEXT = rf"(?=[\"'{_UPPER}\d])"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}{_REGION}{_DAY}?,?{_AGENCY}?{_DASH}"
    rf"|[{_UPPER}][\w-]*\.[A-Za-z]{{2,6}}{_DASH}"
    rf"|(?:[{_UPPER}][\w.'-]+(?: [{_UPPER}][\w.'-]+){{0,2}}{_REGION} ?)?\([A-Z][^()\n]{{1,30}}—"
    rf"|\([A-Z][^()\n]{{1,30}}\){_DASH}"
    rf"|{_CAPITALS}{_REGION}{_DAY}?,?{_AGENCY}: "
    rf"|{_CAPITALS}{_REGION}{_DAY}: "
    rf"|[{_UPPER}][\w.'-]+(?: [{_UPPER}][\w.'-]+){{0,2}}{_REGION}{_DAY}?,?{_AGENCY}(?:{_DASH}|: ))"
    rf"{_TEXT}"
)
_GREETING = (
    r"(?:(?:my )?dear(?:est)?|hi|hello|hey|greetings|good (?:morning|afternoon|evening)|attn|re"
    r"|to (?:whom|the editor|my|our|all))\b"
)
_SALUTATION = re.compile(rf"(?i:{_GREETING})(?: [\w.'&-]+){{0,6}}: *{_TEXT}")


def openings(text: str) -> Iterator[Offsets]:
    """Yield where a line of ``text`` has a label or a dateline, up to the line's own text."""
    for line in _LINE.finditer(text):
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        end = _opening_end(text, start, line.end())
        if start < end < line.end():
            yield start, end


def is_salutation(label: str) -> bool:
    """Whether a label begins a letter: "DEAR ABBY" is who is written to, not who speaks."""
    return re.match(_GREETING, label, re.IGNORECASE) is not None


def _opening_end(text: str, start: int, stop: int) -> int:
    """Return where the labels and the dateline that begin at ``start`` end, at last ``stop``."""
    at = start
    while found := _label().match(text, at, min(stop, at + _LONGEST)):
        at = found.end()
    limit = min(stop, at + _LONGEST)
    found = _DATELINE.match(text, at, limit) or _SALUTATION.match(text, at, limit)
    return found.end() if found else at


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(
        re.escape(label).replace(r"\ ", " ")
        for label in sorted(LISTS("openings", "labels").entries, key=len, reverse=True)
    )
    # In small letters "live: " could end a sentence that goes on; a wire's slug has no space.
    return re.compile(
        rf"(?=[A-Z(\[])[(\[]?(?i:{words})(?: \d{{1,2}})?"
        rf"(?:[)\]]:? ?|: ?(?=\S)| ?\| ?(?=\S)| (?:—|--?) (?=\S)|-(?=[A-Z'\"]))"
    )
