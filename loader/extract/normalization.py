"""Rewrite a text for the parser without moving a single offset.

The model was trained on straight quotation marks and plain spaces. Every replacement here is one
code point for one, so an offset into the result is an offset into the original.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

_REPLACEMENTS = {
    '"': "“”„‟″«»〝〞＂「」『』",
    "'": "‘’‚‛′‹›ʼ＇`´",
    "—": "―⸺⸻–‒−",
    "-": "‐‑",
    " ": "\t\r\x0b\x0c\x1c\x1d\x1e\x1f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200e\u200f\u202f\u205f\u2060\u3000\ufeff\x00",
    "\n": "\x85\u2028\u2029",
}
_TABLE = {ord(old): new for new, olds in _REPLACEMENTS.items() for old in olds}
_RANGE_DASH = re.compile(r"(?<=\w)–(?=\w)")
_SPACED_HYPHEN = re.compile(r"(?<=[^\W\d] )-(?= \w)")
_TWO_MARKS = re.compile(r"(?<!')''(?!')")
_GLUED_AGENCY = re.compile(r"(?m)^([^\n()]{0,60}\([A-Z][^()\n]{1,30})\)(?=[A-Z\"'“‘])")
"""A dateline's agency that no space parts from the text: "Oslo (CNN)The minister"."""
_BLOCK = re.compile(r"(?m)^[^\n]+(?:\n[^\n]+)+")
_NOT_BREAK = re.compile(r"[^\n]")
_MIN_WIDTH, _MAX_WIDTH = 40, 120


def normalize(text: str, *, blank: Iterable[tuple[int, int]] = ()) -> str:
    """Return ``text``, as long as before, with plain marks, spaces and paragraphs.

    Curly quotation marks become straight, exotic spaces plain, line ends of hard-wrapped
    paragraphs spaces; the spans in ``blank`` become spaces, their line ends aside.
    """
    plain = _RANGE_DASH.sub("-", text).translate(_TABLE)
    plain = _GLUED_AGENCY.sub(r"\1—", _SPACED_HYPHEN.sub("—", plain))
    plain = _blank(_TWO_MARKS.sub(_one_mark, plain), blank)
    return _BLOCK.sub(_unwrap, plain)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(spans):
        start = max(start, done)
        pieces += [text[done:start], _NOT_BREAK.sub(" ", text[start:end])]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _one_mark(match: re.Match[str]) -> str:
    """Write ``''`` as one double mark and a space, so that no two spaces come together."""
    before = match.string[match.start() - 1 : match.start()]
    return '" ' if not before or before.isspace() or before in "([—-" else ' "'


def _unwrap(match: re.Match[str]) -> str:
    """Join the lines of a block that a fixed width has broken; keep those that an author broke."""
    lines = match[0].split("\n")
    width = max(map(len, lines))
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return match[0]
    if len(lines) == 2 and not lines[1][:1].islower():
        return match[0]
    if not all(_is_full(line, following, width) for line, following in pairwise(lines)):
        return match[0]
    return " ".join(lines)


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of ``following`` would not have fitted on ``line``."""
    return len(line.rstrip()) + 1 + len(following.split(" ", 1)[0]) > width
