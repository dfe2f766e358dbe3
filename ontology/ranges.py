"""Ranges of characters as the graph and the RDF write them: ``char=12,20`` (RFC 5147)."""

import re
from collections.abc import Iterable

from ontology.records import Span

_RANGE = re.compile(r"char=(\d+),(\d+)")


def char_range(span: Span) -> str:
    """A range of characters as RFC 5147 spells it, without the ``#``: ``char=12,20``."""
    return f"char={span[0]},{span[1]}"


def spans(ranges: Iterable[str | None] | None) -> tuple[Span, ...]:
    """Ranges of RFC 5147 as pairs, in their order; what is none is passed over."""
    found = (_RANGE.fullmatch(item or "") for item in ranges or ())
    return tuple((int(one[1]), int(one[2])) for one in found if one)
