"""Which representation a client wants: the ``Accept`` header (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence

from api.errors import ApiError, Code

RDF_TYPES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
}
"""The media types that a description is offered in, and how rdflib names them."""


def chosen(accept: str | None, offered: Sequence[str], what: str) -> str:
    """The media type of ``offered`` that ``accept`` prefers.

    Raises:
        ApiError: it takes none of them; the message names ``what``, such as "The ontology".
    """
    found = best(accept, offered)
    if found is None:
        msg = f"{what} is there as {', '.join(offered)}: ask for one of them."
        raise ApiError(msg, code=Code.NOT_ACCEPTABLE, status=406)
    return found


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
