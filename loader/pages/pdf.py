"""PDF files to text: columns one after the other, page heads gone, paragraphs and words whole.

pypdf gives each piece of text with its place; lines, columns and paragraphs are found from those.
"""

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from loader.pages.decoding import tidy
from loader.pages.page import PageError, PageMetadata
from loader.pages.wrapping import is_page_number, shape, whole_words

_ERRORS = (
    PyPdfError, DependencyError, ArithmeticError, AssertionError, AttributeError, LookupError,
    NotImplementedError, OSError, RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What pypdf raises on files that are damaged in ways it does not foresee."""
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_MOST_PAGES = 300
_MARGIN = 0.12
"""The share of a page's height in which heads and page numbers stand, above and below."""
_LETTER = 0.5
"""The width of a letter, as a share of its size."""
_SENTENCE = re.compile(r"[.!?:…][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    x: float
    y: float
    size: float
    text: str

    @property
    def end(self) -> float:
        return self.x + len(self.text) * self.size * _LETTER


def read_pdf(data: bytes) -> tuple[str, PageMetadata]:
    """Return the text of a PDF file, paragraphs apart by blank lines, and its particulars.

    Raises:
        PageError: it is damaged, locked, too long, or has pictures in place of text.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PageError("damaged", "a PDF file with a password; save it without")
        if len(reader.pages) > _MOST_PAGES:
            raise PageError("too-large", f"a PDF file of more than {_MOST_PAGES} pages; split it")
        pages = [_page_lines(page) for page in reader.pages]
        heights = [float(page.mediabox.top) for page in reader.pages]
        writer = reader.metadata.author if reader.metadata else None
    except _ERRORS as error:
        raise PageError(
            "damaged", f"a PDF file that cannot be read ({type(error).__name__}); save it again"
        ) from error
    kept = _without_heads(pages, heights)
    text = whole_words(
        "\n\n".join(_paragraphs([line for lines in kept for line in _ordered(lines)]))
    )
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", text).strip()
    if not any(char.isalnum() for char in text):
        raise PageError("empty", "a PDF file that contains no text, only pictures; run OCR on it")
    return text, PageMetadata(authors=(writer,) if writer and writer in text else ())


def _page_lines(page: Any) -> list[_Line]:
    """Return the lines of a page in the order in which they were set."""
    lines: list[_Line] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float) -> None:
        words = " ".join(tidy(text.translate(_LIGATURES)).split())
        if not words:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size * tm[3] * cm[3]) or abs(size) or 1.0
        last = lines[-1] if lines else None
        if last and abs(last.y - y) < 0.4 * height and last.x < x < last.end + 3 * height:
            space = " " if text[:1].isspace() or x - last.end > -0.1 * height else ""
            lines[-1] = _Line(last.x, last.y, max(last.size, height), f"{last.text}{space}{words}")
        else:
            lines.append(_Line(x, y, height, words))

    page.extract_text(visitor_text=visit)
    return lines


def _without_heads(pages: list[list[_Line]], heights: list[float]) -> list[list[_Line]]:
    """Return the lines of the pages without running heads, feet and page numbers."""

    def in_margin(line: _Line, height: float) -> bool:
        return not _MARGIN * height < line.y < (1 - _MARGIN) * height

    counts = Counter(
        each
        for lines, height in zip(pages, heights, strict=True)
        for each in {shape(line.text) for line in lines if in_margin(line, height)}
    )
    often = max(2, len(pages) // 2)
    return [
        [
            line
            for line in lines
            if not in_margin(line, height)
            or not (counts[shape(line.text)] >= often or is_page_number(line.text))
        ]
        for lines, height in zip(pages, heights, strict=True)
    ]


def _ordered(lines: list[_Line]) -> list[_Line]:
    """Return the lines of a page column by column where they were set across the columns."""
    if len(lines) < 6:
        return lines
    left = min(line.x for line in lines)
    width = max(line.end for line in lines) - left
    starts = Counter(round((line.x - left) / 12) for line in lines)
    columns = sorted(start for start, count in starts.items() if count >= 3)
    edges = [a for a in columns if a == columns[0] or (a - columns[0]) * 12 > 0.25 * width]

    def column(line: _Line) -> int:
        return sum((line.x - left) / 12 >= edge - 1 for edge in edges[1:])

    jumps = sum(column(a) > column(b) for a, b in pairwise(lines))
    if len(edges) < 2 or jumps < 3:
        return lines
    return sorted(lines, key=lambda line: (column(line), -line.y))


def _paragraphs(lines: Iterable[_Line]) -> list[str]:
    """Return the paragraphs that ``lines`` form, their lines apart by a line end."""
    lines = list(lines)
    steps = [a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < 4 * a.size]
    leading = median(steps) if steps else 0.0
    found: list[str] = []
    widest = max((line.end - line.x for line in lines), default=0.0)
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and not _is_apart(before, line, leading, widest):
            found[-1] += f"\n{line.text}"
        else:
            found.append(line.text)
    return found


def _is_apart(before: _Line, line: _Line, leading: float, widest: float) -> bool:
    """Tell whether a paragraph begins with ``line``."""
    step = before.y - line.y
    if abs(step) < 0.4 * before.size:  # the same line, set in another face
        return False
    if abs(before.size - line.size) > 0.2 * before.size:
        return True
    if step <= 0 or step > 6 * before.size:  # the next column or page
        return bool(_SENTENCE.search(before.text)) or not (
            line.text[:1].islower() or before.text.endswith("-")
        )
    if step > max(1.35 * leading, 1.3 * before.size):
        return True
    indented = line.x - before.x > 0.8 * line.size
    short = before.end - before.x < 0.35 * widest and not line.text[:1].islower()
    return short or (indented and bool(_SENTENCE.search(before.text)))
