"""Values of properties as literals: what the graph may hold, and how it is spelt.

Strings are written as JSON writes them, which Turtle and N-Triples read alike. Dates and times
travel between the database and here as text in ISO 8601.
"""

import re
from collections.abc import Callable
from datetime import UTC, date
from functools import lru_cache
from json.encoder import encode_basestring

from neo4j.time import Date, DateTime

from ontology.model import Datatype

XSD = "http://www.w3.org/2001/XMLSchema#"

Scalar = str | int | bool
"""A value as rows and nodes carry it: dates and times are strings in ISO 8601."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?Z", re.ASCII
)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_LARGEST = 2**63


class RdfError(Exception):
    """Graph and RDF cannot be read as one another; the message names the thing and the cure."""


def check(value: object, datatype: Datatype) -> Scalar:
    """``value`` as a property of ``datatype`` holds it.

    Raises:
        ValueError: it is none; the message says what was expected and what was found.
    """
    match datatype:
        case "string" if isinstance(value, str):
            return value
        case "boolean" if isinstance(value, bool):
            return value
        case "integer" if isinstance(value, int) and not isinstance(value, bool):
            if -_LARGEST <= value < _LARGEST:
                return value
        case "date" if isinstance(value, str):
            return checked_date(value)
        case "dateTime" if isinstance(value, str):
            return checked_time(value)
        case _:
            pass
    msg = f"expected {_EXPECTED[datatype]}, found {_shown(value)}"
    raise ValueError(msg)


@lru_cache(maxsize=4096)
def checked_date(text: str) -> str:
    """``text`` if it is a day of the years 0001 to 9999; ValueError otherwise."""
    if _DATE.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            pass
        else:
            return text
    msg = f"expected {_EXPECTED['date']}, found {_shown(text)}"
    raise ValueError(msg)


@lru_cache(maxsize=256)
def checked_time(text: str) -> str:
    """``text`` with seconds and without idle zeros, if it is a time in UTC; else ValueError."""
    match = _TIME.fullmatch(text)
    if match:
        day, hour, minute, second, fraction = match.groups()
        digits = (fraction or "").rstrip("0").rstrip(".")
        return f"{checked_date(day)}T{hour}:{minute}:{second or '00'}{digits}Z"
    msg = f"expected {_EXPECTED['dateTime']}, found {_shown(text)}"
    raise ValueError(msg)


def parse(lexical: str, datatype: Datatype) -> Scalar:
    """The value that a literal's text stands for; ValueError where it stands for none."""
    if datatype == "boolean":
        if lexical not in _TRUTH:
            msg = f"expected {_EXPECTED['boolean']}, found {_shown(lexical)}"
            raise ValueError(msg)
        return _TRUTH[lexical]
    if datatype == "integer":
        if not _INTEGER.fullmatch(lexical):
            msg = f"expected {_EXPECTED['integer']}, found {_shown(lexical)}"
            raise ValueError(msg)
        return check(int(lexical), datatype)
    return check(lexical, datatype)


def native(value: Scalar, datatype: Datatype) -> Scalar | Date | DateTime:
    """``value`` as the database's driver takes it."""
    if datatype == "date":
        return Date.from_iso_format(value)  # type: ignore[arg-type]
    if datatype == "dateTime":
        # With an offset, not the zone named UTC, which the database tells apart.
        return DateTime.from_iso_format(str(value).removesuffix("Z")).replace(tzinfo=UTC)
    return value


Encode = Callable[[object], str]
"""A value to the text of its literal; TypeError or ValueError where the value is of no use."""


def encoders(*, short: bool, xsd: str) -> dict[Datatype, Encode]:
    """How literals of each datatype are written.

    Args:
        short: write numbers and booleans bare, as Turtle may.
        xsd: a datatype's name up to its local part: ``xsd:``, or an IRI's beginning.
    """
    close = "" if xsd.endswith(":") else ">"

    def typed(text: object, name: str) -> str:
        return f'"{text}"^^{xsd}{name}{close}'

    truth = {
        True: "true" if short else typed("true", "boolean"),
        False: "false" if short else typed("false", "boolean"),
    }

    def boolean(value: object) -> str:
        return truth[bool(check(value, "boolean"))]

    def integer(value: object) -> str:
        number = check(value, "integer")
        return str(number) if short else typed(number, "integer")

    @lru_cache(maxsize=4096)
    def day(value: object) -> str:
        return typed(check(value, "date"), "date")

    @lru_cache(maxsize=256)
    def time(value: object) -> str:
        return typed(check(value, "dateTime"), "dateTime")

    return {
        "string": encode_basestring,  # type: ignore[dict-item]  # it refuses what is no string
        "boolean": boolean,
        "integer": integer,
        "date": day,
        "dateTime": time,
    }


def _shown(value: object) -> str:
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 80 else text[:77] + '…'}"


_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_EXPECTED: dict[Datatype, str] = {
    "string": "a string",
    "boolean": "true or false",
    "integer": "a 64-bit integer",
    "date": "a date such as 2023-03-20, in the years 0001 to 9999",
    "dateTime": "a time in UTC such as 2026-01-31T09:00:00Z",
}
