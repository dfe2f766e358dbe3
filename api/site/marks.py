"""Text with marks in it as HTML, where marks may lie in each other and across each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from markupsafe import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What to mark: half-open ``spans`` in code points, and how the ``<mark>`` is to look.

    The first ``<mark>`` made for it has ``anchor`` as its id, if there is one.
    """

    anchor: str
    spans: tuple[tuple[int, int], ...]
    classes: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    start: int
    end: int
    number: int
    mark: Mark


def marked(text: str, marks: Sequence[Mark]) -> str:
    """``text`` as HTML, escaped, with a ``<mark>`` around each span.

    Elements must nest, so where two spans cross, the one that goes on is closed and opened again.
    What lies outside the text is left out.
    """
    pieces = _pieces(text, marks)
    cuts = sorted({0, len(text)} | {cut for piece in pieces for cut in (piece.start, piece.end)})
    html: list[str] = []
    standing: list[_Piece] = []
    named: set[str] = set()
    for here, there in zip(cuts, [*cuts[1:], len(text)], strict=True):
        over = [piece for piece in pieces if piece.start <= here < piece.end]
        pairs = zip(standing, over, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], pairs))
        html += ["</mark>"] * (len(standing) - shared)
        for piece in over[shared:]:
            html.append(_opened(piece.mark, with_id=piece.mark.anchor not in {*named, ""}))
            named.add(piece.mark.anchor)
        standing = over
        html.append(str(escape(text[here:there])))
    return "".join(html)


def _pieces(text: str, marks: Sequence[Mark]) -> list[_Piece]:
    """Every span as a piece, the outer before the inner."""
    pieces = [
        _Piece(start=max(start, 0), end=min(end, len(text)), number=number, mark=mark)
        for number, mark in enumerate(marks)
        for start, end in mark.spans
    ]
    inside = [piece for piece in pieces if piece.start < piece.end]
    return sorted(inside, key=lambda piece: (piece.start, -piece.end, piece.number))


def _opened(mark: Mark, *, with_id: bool) -> str:
    anchor = f' id="{escape(mark.anchor)}"' if with_id else ""
    return f'<mark{anchor} class="{escape(mark.classes)}" title="{escape(mark.title)}">'
