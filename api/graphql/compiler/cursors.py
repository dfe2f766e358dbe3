"""Cursors: where an edge stands, as the values its list is sorted by.

A cursor names no offset, so a page that is asked for later goes on where the last one ended
although the graph has grown. It carries a mark of its list's order, and is refused by another.
"""

import base64
import binascii
import datetime as dt
import json
import zlib
from collections.abc import Sequence
from typing import Any, Literal

from api.graphql.compiler.parameters import ArgumentError

CursorKind = Literal["string", "integer", "float", "boolean", "date", "dateTime"]

_LONGEST = 4096
_HUGE = 2**63
_MALFORMED = "The cursor is malformed; use the cursor of an edge unchanged, or omit it."
_TYPES: dict[CursorKind, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "float": (int, float),
    "boolean": bool,
    "date": str,
    "dateTime": str,
}


def mark(order: str) -> int:
    """A short mark of an order, to tell one list's cursors from another's."""
    return zlib.crc32(order.encode())


def encode(mark: int, values: Sequence[Any]) -> str:
    """The cursor of an edge whose sorting values, the id last, are ``values``."""
    text = json.dumps([mark, *values], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(mark: int, kinds: Sequence[CursorKind], cursor: str) -> tuple[Any, ...]:
    """The sorting values in ``cursor``, days and times as such.

    Raises:
        ArgumentError: it is no cursor, or one of a list that is sorted in another way.
    """
    values = _read(cursor)
    if values[:1] != [mark] or len(values) != len(kinds) + 1:
        msg = (
            "The cursor belongs to another list or sort order; omit it, or send the same query "
            "that returned it."
        )
        raise ArgumentError(msg)
    return tuple(_typed(kind, value) for kind, value in zip(kinds, values[1:], strict=True))


def _read(cursor: str) -> list[Any]:
    if len(cursor) > _LONGEST:
        raise ArgumentError(_MALFORMED)
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise ArgumentError(_MALFORMED) from error
    if not isinstance(values, list):
        raise ArgumentError(_MALFORMED)
    return values


def _typed(kind: CursorKind, value: Any) -> object:
    if value is None:
        return None
    flag = isinstance(value, bool)
    huge = isinstance(value, int) and abs(value) >= _HUGE
    if not isinstance(value, _TYPES[kind]) or flag != (kind == "boolean") or huge:
        raise ArgumentError(_MALFORMED)
    try:
        if kind == "date":
            return dt.date.fromisoformat(str(value))
        if kind == "dateTime":
            return dt.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ArgumentError(_MALFORMED) from error
    return value
