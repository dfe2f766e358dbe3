"""Values as the text of a cell."""

from collections.abc import Iterable

import orjson

from api.tables.sheet import Value

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
