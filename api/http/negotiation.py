"""Which representation a client wants: the ``Accept`` header (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type of ``offered`` that ``accept`` prefers, the first of equals; None if none.

    A client that says nothing, or nothing that can be read, gets the first.
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    ranked = [(_quality(name, ranges), -place, name) for place, name in enumerate(offered)]
    quality, _, name = max(ranked)
    return name if quality > 0 else None


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name, min(max(float(value), 0.0), 1.0)
            except ValueError:
                return name, 0.0
    return name, 1.0


def _quality(name: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the range that fits best: the type itself, then its family, then any."""
    family = name.partition("/")[0] + "/*"
    for fitting in (name, family, "*/*"):
        found = [quality for other, quality in ranges if other == fitting]
        if found:
            return max(found)
    return 0.0
