"""Values as the text of a cell, and text that no spreadsheet takes for a formula."""

import re
from collections.abc import Iterable

import orjson

from api.tables.sheet import Value

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet may run; or one that would be read as made harmless.

After OWASP, "CSV Injection" (https://owasp.org/www-community/attacks/CSV_Injection).
"""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
SEPARATOR = "; "
"""What stands between the items of a list; a semicolon in an item is written ``\\;``."""


def text(value: Value) -> str:
    """A value as text: nothing for None, ``true`` and ``false``, lists joined, objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if any(isinstance(item, dict | list) for item in value):
            return orjson.dumps(value).decode()
        return joined(text(item) for item in value)
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return str(value)


def joined(items: Iterable[str]) -> str:
    """The items of a list in one cell."""
    return SEPARATOR.join(item.replace(";", "\\;") for item in items)


def defused(cell: str) -> str:
    """``cell``, with an apostrophe in front where a spreadsheet would run it as a formula.

    Numbers stay as they are. :func:`restored` takes the apostrophe away again.
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def restored(cell: str) -> str:
    """What :func:`defused` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
