"""Text that was copied off printed pages: words cut at line ends, running heads, page numbers."""

import re
from collections import Counter

_CUT = re.compile(
    r"(?P<before>[^\W\d_][\w’'-]{0,40})(?P<hyphen>-)[ \t]*(?P<gap>\n[\s]*)(?P<after>[^\W\d_A-Z]\w*)"
)
_WHOLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]+")
_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|]*\s*\d{1,4}\s*[-–—|]*(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_PAGED = re.compile(
    r"\bpage\s+[A-Z]?\d{1,3}\b|\s{3,}[A-Z]?\d{1,3}$|^[A-Z]?\d{1,3}\s{3,}", re.IGNORECASE
)
_SECOND_HALVES = frozenset({
    "and", "or", "to", "based", "known", "year", "term", "time", "wide", "level", "scale",
    "led", "run", "like", "free", "day", "week", "month", "long", "up", "down", "off",
    "out", "in", "made", "style", "size", "class", "profile", "powered", "owned", "related",
    "born", "speaking", "hour", "old", "point", "called", "elect", "ranking", "right",
    "left", "wing", "minded", "haired", "sized", "backed", "funded", "held", "range",
    "friendly", "proof", "rich", "poor", "yet", "on", "by", "at", "first", "second",
    "third", "century", "end",
})  # fmt: skip
_WHOLE_DAYS = frozenset({
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "today",
    "yesterday", "birthday", "holiday", "weekday", "sometime", "meantime", "lifetime",
    "overtime", "without", "within", "throughout",
})  # fmt: skip
_FEWEST = 2
_NARROW = 110


def joined(text: str) -> str:
    """Return ``text`` with the words whole that line ends cut, and no heads of printed pages in it.

    Text is left as it is unless at least two words of it are cut. A hyphen stays where the word
    has one elsewhere in the text, or where both of its halves stand alone as they do in compounds.
    """
    text = text.replace("\r\n", "\n")
    if len(_CUT.findall(text)) < _FEWEST:
        return text
    return "\n".join(_unwrapped(whole_words(_without_heads(text))))


def whole_words(text: str) -> str:
    """Return ``text`` with the words whole that line ends cut with a hyphen."""
    words = Counter(word.casefold() for word in _WHOLE.findall(_CUT.sub(" ", text)))

    def whole(found: re.Match[str]) -> str:
        before, after = found["before"], found["after"]
        last = re.split(r"[-’']", before)[-1]
        compound = after.casefold() in _SECOND_HALVES or words[f"{last}-{after}".casefold()]
        if compound and not (words[f"{last}{after}".casefold()] or f"{last}{after}" in _WHOLE_DAYS):
            return f"{before}-{after}"
        return f"{before}{after}"

    return _CUT.sub(whole, text)


def is_page_number(line: str) -> bool:
    """Tell whether a line is nothing but the number of its page."""
    return _NUMBER.fullmatch(line.strip()) is not None


def running_heads(text: str) -> tuple[str, ...]:
    """Return the lines of ``text`` that head its printed pages, none where it is no such text."""
    text = text.replace("\r\n", "\n")
    if len(_CUT.findall(text)) < _FEWEST:
        return ()
    return tuple(line.strip() for line, is_head in _headed(text) if is_head)


def _without_heads(text: str) -> str:
    """Return ``text`` without lines that stand on several pages but for the number, or are one."""
    return "\n".join(line for line, is_head in _headed(text) if not is_head)


def _headed(text: str) -> list[tuple[str, bool]]:
    """Return each line, and whether it is the head of a page."""
    lines = text.split("\n")
    shapes = Counter(shape(line) for line in lines if line.strip())
    found = []
    for line in lines:
        bare = line.strip()
        repeated = shapes[shape(line)] > 1 and (re.search(r"\d", bare) or bare.isupper())
        paged = is_page_number(bare) or (_PAGED.search(bare) and len(bare) < _NARROW)
        found.append((line, bool(bare and (repeated or paged))))
    return found


def shape(line: str) -> str:
    """Return a line with its figures alike, as a head that counts the pages has them."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _unwrapped(text: str) -> list[str]:
    """Return the lines of ``text`` with each paragraph on one line.

    A line goes on in the next if that starts with a small letter, or if it is as long as lines
    of its text are.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    full = 0.75 * lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    found: list[str] = []
    for line, before in zip(lines, ["", *lines], strict=False):
        goes_on = line[:1].islower() or len(before) >= full
        if line and before and found and goes_on:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found
