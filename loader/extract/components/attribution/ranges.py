"""Half-open ranges of token indices, and what the rules do with them."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

Range = tuple[int, int]

_OPENERS, _CLOSERS = set("\"'([$#@"), set("\"')]%")


def trim(doc: Doc, span: Range) -> Range:
    """Cut spaces and punctuation off both ends, quotation marks and brackets aside."""
    start, end = span
    while start < end and _is_loose(doc, start, _OPENERS):
        start += 1
    while start < end and _is_loose(doc, end - 1, _CLOSERS):
        end -= 1
    return start, end


def _is_loose(doc: Doc, at: int, kept: set[str]) -> bool:
    token = doc[at]
    return token.is_space or (token.is_punct and token.text not in kept)


def subtract(doc: Doc, span: Range, holes: Iterable[Range]) -> list[Range]:
    """Return what is left of ``span`` around ``holes``: trimmed stretches that hold a word."""
    start, end = span
    stretches = []
    for hole_start, hole_end in sorted(holes):
        if hole_end <= start or hole_start >= end:
            continue
        stretches.append((start, hole_start))
        start = max(start, hole_end)
    stretches.append((start, end))
    trimmed = (trim(doc, stretch) for stretch in stretches)
    return [stretch for stretch in trimmed if has_word(doc, stretch)]


def has_word(doc: Doc, span: Range) -> bool:
    """Whether ``span`` holds a word or a number."""
    return any(doc[i].is_alpha or doc[i].like_num for i in range(*span))


def merge(spans: Iterable[Range]) -> list[Range]:
    """Join ranges that touch or overlap."""
    merged: list[Range] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share a token."""
    return one[0] < other[1] and other[0] < one[1]


def any_overlap(ones: Sequence[Range], others: Sequence[Range]) -> bool:
    """Whether a range of one list shares a token with one of the other."""
    return any(overlap(one, other) for one in ones for other in others)


def size(spans: Iterable[Range]) -> int:
    """Count the tokens of ``spans``, which do not overlap."""
    return sum(end - start for start, end in spans)
