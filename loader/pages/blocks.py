"""The blocks of an HTML page that hold its text: which are the article's, which furniture.

Text extraction keeps or drops whole containers, so that it loses paragraphs that a site sets in
several, and keeps teasers that stand in the same. The page's structure tells them apart: what is
built as the paragraphs that were found is one of them, what stands in a teaser is none.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html

_BLOCKS = frozenset({
    "address", "blockquote", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6",
    "li", "p", "pre", "section", "td", "th",
})  # fmt: skip
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "button", "select", "textarea",
})  # fmt: skip
_OUTSIDE = frozenset({"nav", "footer", "aside", "figure", "form", "dialog", "iframe", "header"})
_PROSE = frozenset({"p", "li", "div", "pre"})
_FEWEST = 8
"""A block of so many words is a paragraph."""
_GRAM = 4
_SAME = 0.6
_LINKED = 0.5
_REACH = 4
"""How far above the paragraphs that were found their part of the page may begin."""

Gram = tuple[str, ...]
Shape = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block that holds no other block: its text and how it is built."""

    text: str
    grams: tuple[Gram, ...]
    words: int
    shape: Shape
    path: tuple[int, ...]
    """The numbers of the elements that hold it, the outermost first."""
    article: int
    """How many of them there are down to the ``article`` that holds it; 0 if none does."""
    furniture: bool
    prose: bool
    """Whether it may be a paragraph of the article: by its element, and not a list of links."""


@dataclass(slots=True)
class _Open:
    """An element that is being walked through."""

    element: html.HtmlElement
    number: int
    furniture: bool
    outside: bool
    linked: bool
    blocks: bool = False


def blocks_of(body: html.HtmlElement, furniture: Collection[html.HtmlElement]) -> list[Block]:
    """Return the blocks of ``body`` in order; ``furniture`` are elements that hold none of it."""
    found: list[Block] = []
    stack: list[_Open] = []
    skipped = 0
    for number, (event, element) in enumerate(etree.iterwalk(body, events=("start", "end"))):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _SKIPPED:
            skipped += 1 if event == "start" else -1
            continue
        if skipped:
            continue
        if event == "start":
            above = stack[-1] if stack else _Open(element, 0, False, False, False)
            stack.append(
                _Open(
                    element,
                    number,
                    above.furniture or element in furniture,
                    above.outside or element.tag in _OUTSIDE,
                    above.linked or element.tag == "a",
                )
            )
            continue
        opened = stack.pop()
        is_block = element.tag in _BLOCKS
        if is_block and not opened.blocks and (block := _block(opened, stack)):
            found.append(block)
        if stack:
            stack[-1].blocks = stack[-1].blocks or opened.blocks or is_block
    return found


def grams_of(text: str) -> tuple[Gram, ...]:
    """Return the runs of words of ``text``, by which the same text is told again."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) <= _GRAM:
        return (tuple(words),) if words else ()
    return tuple(zip(*(words[at:] for at in range(_GRAM)), strict=False))


def completed(lines: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """Return the lines of an extracted text without furniture, with the paragraphs that it lacks.

    A paragraph is lacking if it is built as at least two that were found, or stands beside one,
    and in the same part of the page; an item of a list, if most of the list was found.
    """
    lines = _cleared(lines, blocks)
    places: dict[Gram, int] = {}
    for number, line in enumerate(lines):
        for gram in grams_of(line):
            places.setdefault(gram, number)
    at = [_place(block, places) for block in blocks]
    known = [b for b, place in zip(blocks, at, strict=True) if place is not None and _counts(b)]
    if not known:
        return list(lines)
    shapes = Counter(block.shape for block in known)
    holders = Counter(block.path[-1] for block in known)
    lists = Counter(block.path[-1] for block in blocks if block.shape[0] == "li")
    part = _part(known)
    inserted: dict[int, list[str]] = {}
    place = -1
    for block, found in zip(blocks, at, strict=True):
        if found is not None:
            place = max(place, found)
        elif (
            _counts(block)
            and block.path[: len(part)] == part
            and (
                2 * holders[block.path[-1]] > lists[block.path[-1]]
                or (_is_told(block.shape) and shapes[block.shape] > 1)
            )
        ):
            inserted.setdefault(place, []).append(block.text)
    whole = list(inserted.get(-1, ()))
    for number, line in enumerate(lines):
        whole += [line, *inserted.get(number, ())]
    return whole


def _is_told(shape: Shape) -> bool:
    return shape[0] == "p" or bool(shape[1])


def _block(opened: _Open, stack: Sequence[_Open]) -> Block | None:
    text = " ".join("".join(_texts(opened.element)).split())
    grams = grams_of(text)
    if not grams:
        return None
    linked = sum(len(" ".join(map(str, link.itertext()))) for link in opened.element.iter("a"))
    parent = stack[-1].element if stack else opened.element
    return Block(
        text=text,
        grams=grams,
        words=len(text.split()),
        shape=(
            str(opened.element.tag),
            _names(opened.element),
            str(parent.tag),
            _names(parent),
        ),
        path=tuple(each.number for each in stack),
        article=max(
            (at for at, each in enumerate(stack, 1) if each.element.tag == "article"), default=0
        ),
        furniture=opened.furniture,
        prose=opened.element.tag in _PROSE
        and not opened.outside
        and not opened.linked
        and linked <= _LINKED * len(text),
    )


def _names(element: html.HtmlElement) -> str:
    return re.sub(r"\d+", "#", " ".join((element.get("class") or "").split()))


def _texts(element: html.HtmlElement) -> Iterator[str]:
    """Yield the text of an element, without that of scripts and drawings in it."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            if child.tag == "br":
                yield " "
            yield from _texts(child)
        if child.tail:
            yield child.tail


def _counts(block: Block) -> bool:
    return block.prose and not block.furniture and block.words >= _FEWEST


def _cleared(lines: Sequence[str], blocks: Iterable[Block]) -> list[str]:
    """Return ``lines`` without those that stand in furniture alone."""
    inside: set[Gram] = set()
    outside: set[Gram] = set()
    for block in blocks:
        (inside if block.furniture else outside).update(block.grams)
    inside -= outside
    kept = []
    for line in lines:
        grams = grams_of(line)
        if not grams or sum(gram in inside for gram in grams) <= _SAME * len(grams):
            kept.append(line)
    return kept


def _place(block: Block, places: dict[Gram, int]) -> int | None:
    """Return the number of the line that holds a block's text."""
    found = [places[gram] for gram in block.grams if gram in places]
    return found[-1] if len(found) >= _SAME * len(block.grams) else None


def _part(known: Sequence[Block]) -> tuple[int, ...]:
    """Return the path of the part of the page that holds the known paragraphs, and what is near."""
    first, last = min(block.path for block in known), max(block.path for block in known)
    common = 0
    while common < min(len(first), len(last)) and first[common] == last[common]:
        common += 1
    inside = known[0].article if known[0].article <= common else 0
    return first[: max(1, inside, common - _REACH)]
