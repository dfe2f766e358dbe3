"""Find the passages between quotation marks, whatever marks a text uses.

Each becomes a ``Quotation`` in ``doc._.quotations``: over several paragraphs, within another one,
left open by a missing mark. One pass over the marks, so a page of nothing but marks stays cheap.
"""

import re
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from loader.extract.components.annotations import Offsets, Quotation
from loader.extract.components.tokens import text_of

MAX_DEPTH = 6
MAX_SILENT_PARAGRAPHS = 5
MAX_LOOK = 400

_MARK = re.compile(r"[\"']|\n+")
_OPENING, _CLOSING = set("“„«‘‚‹`「『"), set("”»’›」』")
_PARTNERS = {"»": "«", "«": "»", "」": "「", "』": "『"}
_BEFORE_OPENING = set(" \n([{—-/\"'")
_AFTER_CLOSING = set(" \n.,;:?!)]}—-/\"'…")
_SINGLE_OR_BREAK = re.compile(r"['\n]")
_SPACE_LOWER = re.compile(r" [a-z]")
_PARAGRAPH = re.compile(r"\S[^\n]*(?<=\S)")
_ELISION = re.compile(r"'(?:em|til|tis|twas|cause|cuz|bout|round|n|d|s|ll|re|ve|\d\ds?)\b", re.I)


@Language.component("quotations", assigns=["doc._.quotations"])
def mark_quotations(doc: Doc) -> Doc:
    """Write ``doc._.quotations``; curly marks are read from the article where there is one."""
    text = text_of(doc)
    article = doc._.article
    original = article.text if article is not None and len(article.text) == len(text) else text
    doc._.quotations = find_quotations(text, original)
    return doc


def find_quotations(text: str, original: str | None = None) -> tuple[Quotation, ...]:
    """Return the quotations of a normalised ``text``, by where they start.

    ``original`` is the text before normalisation: its curly marks tell opening from closing where
    their place does not. The parts of a quotation include its marks, one part a paragraph.
    """
    machine = _Machine(text, original or text)
    for match in _MARK.finditer(text):
        machine.read(match)
    machine.end_paragraph(len(text), len(text))
    return tuple(
        Quotation(
            span=(passage.parts[0][0], passage.parts[-1][1]),
            parts=tuple(passage.parts),
            depth=passage.depth,
            closed=passage.closed,
        )
        for passage in sorted(machine.found, key=lambda found: (found.parts[0][0], found.depth))
    )


@dataclass(slots=True)
class _Passage:
    """A quotation that is being read: ``start`` is where its current paragraph's part begins."""

    mark: str
    start: int
    depth: int
    parts: list[Offsets] = field(default_factory=list)
    inner: list["_Passage"] = field(default_factory=list)
    closed: bool = True


class _Machine:
    """Reads marks and line ends from left to right; ``found`` fills as quotations end."""

    def __init__(self, text: str, original: str) -> None:
        self.found: list[_Passage] = []
        self._text, self._original = text, original
        self._open: list[_Passage] = []
        self._left_open: _Passage | None = None
        self._silent = 0

    def read(self, match: re.Match[str]) -> None:
        """Take the next mark, or the next run of line ends."""
        at = match.start()
        if match[0][0] == "\n":
            self.end_paragraph(at, match.end())
        elif match[0] == '"':
            self._read_double(at)
        else:
            self._read_single(at)

    def end_paragraph(self, end: int, following: int) -> None:
        """End the paragraph at ``end``; what stays open goes on if the next one opens with a mark.

        Typographic custom: each further paragraph of a quotation opens with a mark, and only the
        last one closes.
        """
        while end and self._text[end - 1].isspace():
            end -= 1
        doubles = [passage for passage in self._open if passage.mark == '"']
        self._open = []
        if not doubles:
            self._silent += 1
            if self._silent > MAX_SILENT_PARAGRAPHS:
                self._left_open = None
            return
        outer = doubles[0]
        if self._opens_with_mark(following):
            outer.parts.append((outer.start, end))
            outer.start = -1
            self._open = [outer]
        elif outer.inner and not outer.parts:
            for passage in outer.inner:
                passage.depth -= 1
        else:
            outer.parts.append((outer.start, end))
            outer.closed = False
            self.found.append(outer)
            self._left_open, self._silent = outer, 0

    def _opens_with_mark(self, at: int) -> bool:
        return self._text[at : at + 1] == '"' and not self._neighbours(at)[1].isspace()

    def _read_double(self, at: int) -> None:
        if self._open and self._open[0].start == -1:
            self._open[0].start = at
        elif self._is_opening(at):
            self._left_open = None
            self._push('"', at)
        elif any(passage.mark == '"' for passage in self._open):
            while self._open[-1].mark != '"':
                self._open.pop()
            self._close(at)
        elif self._left_open is not None:
            self._resume(at)

    def _is_opening(self, at: int) -> bool:
        """Tell an opening double mark from a closing one: by its place, its shape, its turn."""
        shape = self._original[at]
        if shape in _PARTNERS and self._is_open_with(_PARTNERS[shape]):
            return False  # "« Yes », he said", "»Yes«, he said"
        before, after = self._neighbours(at)
        may_open = before in _BEFORE_OPENING and not after.isspace()
        may_close = after in _AFTER_CLOSING and not before.isspace()
        if may_open != may_close:
            return may_open
        if shape in _OPENING or shape in _CLOSING:
            return shape in _OPENING
        return not any(passage.mark == '"' for passage in self._open)

    def _is_open_with(self, shape: str) -> bool:
        """Whether the double mark that opened last has this shape."""
        starts = [passage.start for passage in self._open if passage.mark == '"']
        return bool(starts) and starts[-1] >= 0 and self._original[starts[-1]] == shape

    def _neighbours(self, at: int) -> tuple[str, str]:
        """Return the characters around a mark; of two single ones for a double, around both."""
        left, right = at - 1, at + 1
        if self._is_spare(left):
            left -= 1
        elif self._is_spare(right):
            right += 1
        return self._text[left : left + 1] or "\n", self._text[right : right + 1] or "\n"

    def _is_spare(self, at: int) -> bool:
        """Whether normalisation left a space here where a double mark was typed as two."""
        return self._text[at : at + 1] == " " and self._original[at : at + 1] in ("'", "`")

    def _read_single(self, at: int) -> None:
        before, after = self._neighbours(at)
        inside = bool(self._open) and self._open[-1].mark == "'"
        if before.isalnum() and after.isalnum():
            return
        if inside and not before.isspace() and not after.isalnum():
            if not self._is_possessive(at):
                self._close(at)
        elif (
            not inside
            and before in _BEFORE_OPENING
            and not after.isspace()
            and self._original[at] not in _CLOSING
            and not _ELISION.match(self._text, at)
        ):
            self._push("'", at)

    def _is_possessive(self, at: int) -> bool:
        """Whether the mark in "workers' rights" is no closing one, since another follows."""
        if self._text[at - 1] not in "sSxz" or not _SPACE_LOWER.match(self._text, at + 1):
            return False
        following = _SINGLE_OR_BREAK.search(self._text, at + 1, at + MAX_LOOK)
        while following and following[0] == "'":
            before, after = self._neighbours(following.start())
            if not (before.isalnum() and after.isalnum()):
                return not before.isspace() and not after.isalnum()
            following = _SINGLE_OR_BREAK.search(self._text, following.end(), at + MAX_LOOK)
        return False

    def _push(self, mark: str, at: int) -> None:
        if len(self._open) < MAX_DEPTH:
            self._open.append(_Passage(mark, at, len(self._open)))

    def _close(self, at: int) -> None:
        passage = self._open.pop()
        passage.parts.append((passage.start, at + 1))
        self.found.append(passage)
        for outer in self._open:
            if outer.mark == passage.mark:
                outer.inner.append(passage)

    def _resume(self, at: int) -> None:
        """Close a quotation whose later paragraphs opened without a mark."""
        passage, self._left_open = self._left_open, None
        if passage is None:
            return
        end = passage.parts[-1][1]
        for match in _PARAGRAPH.finditer(self._text, end, at + 1):
            passage.parts.append(match.span())
        passage.closed = True
