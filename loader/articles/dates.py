"""Dates as newspapers print them, and lines that are nothing but a date.

Two readings of figures alone are told apart only where one is impossible or dots part them:
``03/04/2023`` is read month first, as most English-language sites print it, ``20/03/2023`` and
``03.04.2023`` day first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

DateRole = Literal["published", "modified", "unlabelled"]

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
"""A month, long or short, as a regular expression."""
_MONTH_NUMBERS = {
    name[:3].lower(): number
    for number, name in enumerate(MONTHS.split("|")[:12], start=1)
}  # fmt: skip
_YEAR = rf"(?P<{{0}}>(?:1[6-9]|20)\d\d)(?!\d(?!\d?\s(?:{MONTHS})\b|\d?:\d\d))"
"""A year; sites may print nothing behind it: "3 May 20233 May 2023", "3 May 202310:12 AM"."""
_DATE = re.compile(
    rf"(?:(?<![\w/])|(?<=[a-z] (?:19|20)\d\d)|(?<=/(?:19|20)\d\d))(?:"
    rf"(?P<m1>{MONTHS})\b\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|,)(?:at\s+)?{_YEAR.format('y1')}"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-./]+(?P<m2>{MONTHS})\b\.?,?[\s\-./]+{_YEAR.format('y2')}"
    rf"|{_YEAR.format('y3')}[-/.](?P<n3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})(?!\d)"
    rf"|(?P<a4>\d{{1,2}})(?P<s4>[-/.])(?P<b4>\d{{1,2}})(?P=s4){_YEAR.format('y4')}"
    rf"|{_YEAR.format('y5')}[,\s\-]+(?P<m5>{MONTHS})\b\.?[\s\-]+(?P<d5>\d{{1,2}})(?!\d)"
    rf")",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"(?:updated|modified|edited|revised)\W*(?:\bon\b|\bat\b)?$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:published|posted|issued|created|released|filed|publication date|publish date|date)\W*"
    r"(?:\bon\b|\bat\b)?$",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:first |last |originally |article |story |date )?"
    r"(?:published|posted|updated|modified|edited|revised|issued|created|released|filed|date|dated|"
    r"publication date|publish date|release date|on)"
)
_TIME = (
    r"(?:\bat\s*)?\b\d{1,2}(?:[:.h]\d{2}){0,2}(?:[.]\d+)?\s*(?:[ap]\.?\s?m\b\.?)?"
    r"(?:\s*(?:hrs|hours|(?-i:[A-Z]{2,5}|Z))\b)?(?:\s*[+\-]\d{1,2}:?\d{0,2})?"
)
_CLOCK_WORDS = (
    rf"{_TIME}|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|"
    r"\b(?:eastern|pacific|central|local|standard|daylight)\b|\btime\b|"
    r"\b[ECMP][SD]?T\b|\b(?:GMT|UTC|CET|CEST|IST|BST|EEST|MSK|AM|PM)\b|"
    r"\b(?:noon|midnight)\b"
)
_TIMES = re.compile(_CLOCK_WORDS, re.IGNORECASE)
_FILLER = re.compile(
    rf"\b{_LABEL}\b|\d+ (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago\b|"
    rf"T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+\-]\d\d:?\d\d)?|{_CLOCK_WORDS}|\bat\b|\band\b",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(rf"(?:{_FILLER.pattern}|[\s,|•·()\-–—])+$", re.IGNORECASE)
_SEPARATORS = " \t\xa0,|•·-–—()"
_CLOCK = re.compile(
    r"(?:(?:updated|posted|published)?\s*(?:at\s*)?)?\d{1,2}(?:[:.]\d{2})?\s*"
    r"(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?\s*:?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:(?:published|posted|updated)\W*)?(?:about |over )?(?:\d+|an?|one|two|three) "
    r"(?:second|minute|min|hour|day|week|month|year)s? ago\b",
    re.IGNORECASE,
)
_MAX_DATE_LINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a line; the span counts in that line."""

    span: tuple[int, int]
    date: date
    role: DateRole


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the full dates (day, month and year) that ``text`` names, in order."""
    for found in _DATE.finditer(text):
        value = _value(found)
        if value is not None:
            before = _TIMES.sub("", text[max(0, found.start() - 60) : found.start()])
            before = before.rstrip(_SEPARATORS)
            role: DateRole = "unlabelled"
            if _MODIFIED.search(before):
                role = "modified"
            elif _PUBLISHED.search(before):
                role = "published"
            yield FoundDate(span=found.span(), date=value, role=role)


def strip_dates(text: str) -> str:
    """Return ``text`` with its dates, times and their labels blanked, its length kept."""
    spans = [found.span for found in find_dates(text)]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return _FILLER.sub(lambda found: " " * len(found[0]), text)


def before_date(text: str) -> str:
    """Return what stands before the first date of a line and that date's label, else all of it."""
    first = next(find_dates(text), None)
    return _BEFORE_DATE.sub("", text[: first.span[0]]) if first else text


def is_date_line(text: str) -> bool:
    """Tell whether a line says nothing but when its article was published or changed."""
    if len(text) > _MAX_DATE_LINE:
        return False
    if _RELATIVE.match(text) and len(text) < 50:
        return True
    if next(find_dates(text), None) is None:
        return False
    return not re.search(r"\w", strip_dates(text))


def is_clock_line(text: str) -> bool:
    """Tell whether a line is only a time of day, as the entries of a live report have it."""
    return len(text) <= 30 and _CLOCK.match(text) is not None and re.search(r"\d", text) is not None


def _value(found: re.Match[str]) -> date | None:
    groups = found.groupdict()
    if groups["m1"]:
        year, month, day = groups["y1"], _month(groups["m1"]), groups["d1"]
    elif groups["m2"]:
        year, month, day = groups["y2"], _month(groups["m2"]), groups["d2"]
    elif groups["m5"]:
        year, month, day = groups["y5"], _month(groups["m5"]), groups["d5"]
    elif groups["y3"]:
        year, month, day = groups["y3"], int(groups["n3"]), groups["d3"]
    else:
        first, second = int(groups["a4"]), int(groups["b4"])
        day_first = first > 12 or (groups["s4"] == "." and second <= 12)
        month, number = (second, first) if day_first else (first, second)
        year, day = groups["y4"], str(number)
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTH_NUMBERS[name[:3].lower()]
