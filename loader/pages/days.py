"""Days as machines and people write them in fields: ISO 8601, RFC 822, words, figures, seconds."""

import re
from datetime import UTC, date, datetime

from dateutil import parser

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?=T|\s|$)")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_DOTS = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)|[A-Z][a-z]{2},? \d{1,2} [A-Z][a-z]{2} \d\d\b")
_ASIDE = re.compile(r"\([^()]*\)")
_LONGEST = 80
_BLANKS = (datetime(2001, 1, 1), datetime(2002, 2, 2))  # noqa: DTZ001 - only days are compared


def day(value: object) -> date | None:
    """Return the day that a field names in full, None where it names none.

    Text may be ISO 8601, RFC 822, words in any order ("Tuesday, March 5, 2024, 12:06 PM") or
    figures: with dots the day stands first, with strokes the month where either could be. Figures
    alone are seconds or milliseconds since 1970. The day is the one written, in its own time zone.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(float(value))
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if found := _ISO.match(text):
        year, month, number = (part for part in found.groups() if part)
        return _date(int(year), int(month), int(number))
    if _SECONDS.fullmatch(text):
        return _since_1970(float(text))
    return _in_words(_ASIDE.sub(" ", text))


def _since_1970(seconds: float) -> date | None:
    if seconds >= 1e11:
        seconds /= 1_000
    return datetime.fromtimestamp(seconds, UTC).date() if 1e8 < seconds < 1e10 else None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _in_words(text: str) -> date | None:
    """Return the day that ``text`` names, if it holds year, month and day.

    The parser fills what is missing from a date that it is given; a day that comes out the same
    for two of them is wholly in the text.
    """
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None
    try:
        first, second = (
            parser.parse(
                text, default=blank, fuzzy=True, ignoretz=True, dayfirst=bool(_DOTS.search(text))
            ).date()
            for blank in _BLANKS
        )
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        return None
    return first if first == second else None
