"""A page as lines: where each stands and what shape it has.

A line is a paragraph, a heading, a byline … of the page. Where a page is hard-wrapped, as mail
and old terminals wrap it, the lines of one paragraph are joined first.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
_BLANK = " \t\xa0\u2002\u2003\u2009\u202f\u3000" + _INVISIBLE
_WORD = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_BULLET = re.compile(r"(?:[•·▪▶►➤*\-–—]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})\)?[.):]+\s)")
_NUMBERED = re.compile(r"(?:#|No\. ?)?\d{1,3}(?:[.):\-–]|\s[–—-])+\s*\S")
_NEXT_SENTENCE = re.compile(r"[a-z0-9)”’][.!?][”’\"]? [A-Z“‘\"]")
_QUOTE = "\"“‘«'"

WRAPPED_WIDTH = 100
"""Hard-wrapped text is narrower than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without the white space around it; offsets count in the page's text.

    ``gap`` is the number of blank lines before it, ``gap_after`` after it. ``words`` counts its
    words, ``capitals`` is the share of capitalised words among those longer than three letters.
    """

    start: int
    end: int
    text: str
    gap: int
    gap_after: int
    words: int
    capitals: float

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as prose does."""
        return _TERMINAL.search(self.text) is not None

    @property
    def is_bullet(self) -> bool:
        """Whether it starts as an item of a list."""
        return _BULLET.match(self.text) is not None

    @property
    def is_numbered(self) -> bool:
        """Whether it starts with a number, as the headings of a listicle do."""
        return _NUMBERED.match(self.text) is not None

    @property
    def starts_lower(self) -> bool:
        """Whether its first letter is a small one."""
        return self.text[:1].islower()

    @property
    def is_quoted(self) -> bool:
        """Whether it is wholly between quotation marks."""
        return self.text[0] in _QUOTE and self.text[-1] in "\"”’»'"

    @property
    def is_sentence(self) -> bool:
        """Whether it is one short sentence, as some sites print a headline."""
        bare = self.text.rstrip("\"”’»)'")
        return 5 <= self.words <= 16 and bare[-1:] == "." and not _NEXT_SENTENCE.search(self.text)

    @property
    def is_header_like(self) -> bool:
        """Whether its shape is that of a headline or a heading rather than of a paragraph."""
        text = self.text
        if not 1 <= self.words <= 32 or len(text) > 240 or self.starts_lower:
            return False
        if text[-1] in ",;" or self.is_bullet:
            return self.is_numbered and self.words <= 16 and not text.endswith((".", ",", ";"))
        if not text.rstrip("\"”’»)'").endswith("."):
            return True
        return self.words >= 4 and self.capitals >= 0.75 and text.count(". ") == 0


def lines_of(text: str) -> list[Line]:
    """Return the lines of ``text`` in order, blank ones left out."""
    spans = list(_strip(text))
    if _is_wrapped(text, spans):
        spans = _unwrap(text, spans)
    gaps = [gap for _, _, gap in spans] + [9]
    gaps[0] = 9
    return [
        _line(text, start, end, gaps[i], gaps[i + 1]) for i, (start, end, _) in enumerate(spans)
    ]


def _line(text: str, start: int, end: int, gap: int, gap_after: int) -> Line:
    line = text[start:end]
    if len(line) > 1_000:
        words, capitals = len(line) // 6, 0.0
    else:
        found = _WORD.findall(line)
        words = len(found)
        long = [word for word in found if len(word) > 3]
        capitals = sum(not word[0].islower() for word in long) / len(long) if long else 1.0
    return Line(
        start=start,
        end=end,
        text=line,
        gap=gap,
        gap_after=gap_after,
        words=words,
        capitals=capitals,
    )


def _strip(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and the blank lines before, for every line that is not blank."""
    position, gap = 0, 0
    for found in [*_BREAK.finditer(text), None]:
        stop = found.start() if found else len(text)
        line = text[position:stop]
        left = len(line) - len(line.lstrip(_BLANK).lstrip())
        right = len(line.rstrip(_BLANK).rstrip())
        if left < right:
            yield position + left, position + right, gap
            gap = 0
        else:
            gap += 1
        position = found.end() if found else stop


def _is_wrapped(text: str, spans: list[tuple[int, int, int]]) -> bool:
    """Tell hard-wrapped text: narrow, and most lines go on in the next with a small letter."""
    pairs = going_on = 0
    for (start, end, _), (after, _, gap) in itertools.pairwise(spans):
        if end - start > WRAPPED_WIDTH:
            return False
        if gap == 0:
            pairs += 1
            going_on += text[after].islower() and text[end - 1] not in ".!?:;"
    return going_on >= 4 and going_on >= 0.3 * pairs


def _unwrap(text: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    lengths = sorted(end - start for start, end, _ in spans)
    full = 0.7 * lengths[int(0.9 * (len(lengths) - 1))]
    joined: list[tuple[int, int, int]] = []
    previous = 0
    for start, end, gap in spans:
        goes_on = text[start].islower() or not _BULLET.match(text, start)
        if joined and gap == 0 and previous >= full and goes_on:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, gap))
        previous = end - start
    return joined
