"""What a reader of an HTML page sees around its headline: byline, date and outlet lines.

Text extraction drops many of them as furniture; here they are read before it does.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, takewhile

from lxml import html

from loader.pages.days import day
from loader.pages.fragments import plain

_HIDDEN = frozenset({
    "script", "style", "noscript", "template", "svg", "form", "button", "select", "option",
    "nav", "footer", "aside", "iframe", "figure", "picture", "video", "audio", "dialog",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
    "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul", "br",
})  # fmt: skip
_PROSE = 14
"""A block of so many words is a paragraph."""
_PARAGRAPHS = 2
_ABOVE = 30
_BELOW = 200
_LONGEST = 200
_SIGNED = re.compile(
    r"(?:.*[-_])?(?:by-?line|authors?|writers?|contributors?|reporters?)"
    r"(?:[-_]+(?:names?|info|link|list|line|text))?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:ticker|breaking|related|popular|trending|most-?read|comments?|sidebar|promo|"
    r"newsletter|recommend\w*|teasers?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?titles?|sub-?head(?:line|ing|er)?s?|dek|deck|excerpt|strap-?line|"
    r"summary|teaser-?text|lead-?in|article-?(?:lead|intro|summary|description)|intro|synopsis|"
    r"stand-?fast|kurzfassung|chapeau)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BY = re.compile(r"by\b", re.IGNORECASE)
_FEWEST, _MOST = 5, 90
"""A standfirst has so many words."""
_CHANGED = re.compile(r"modif|updat|edit", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """The visible lines near the headline, those marked as bylines, and what is dated there."""

    lines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    standfirst: str | None = None
    published: date | None = None
    modified: date | None = None


def surface_of(headline: html.HtmlElement, described: frozenset[str] = frozenset()) -> Surface:
    """Read what stands around ``headline``, down to the first paragraphs under it.

    ``described`` are the page's descriptions of its article, by their words alone: a line that
    says the same is the standfirst, as is one that is marked as it or a heading under the headline.
    """
    lines: list[str] = []
    bylines: list[str] = []
    dates: dict[bool, date] = {}
    above = _above(headline)
    standfirst: str | None = None
    paragraphs = 0
    for element in _visible(chain(above, islice(_below(headline), _BELOW))):
        properties = (element.get("itemprop") or "").split()
        if element.tag == "time" or {"datePublished", "dateModified"}.intersection(properties):
            value = _date_of(element)
            if value:
                dates.setdefault(_is_change(element, properties), value)
        if "author" in properties or element.get("rel") == "author" or _is_signed(element):
            text = _text(element)
            if text and len(text) <= _LONGEST:
                bylines.append(text)
        if element in above or not _is_line(element):
            continue
        text = _text(element)
        if (
            standfirst is None
            and not paragraphs
            and plain(text) != plain(_text(headline))
            and _is_standfirst(element, text, described, beside=headline)
        ):
            standfirst = text
        if len(text.split()) >= _PROSE:
            paragraphs += 1
            if paragraphs == _PARAGRAPHS:
                break
        elif text and len(text) <= _LONGEST and not paragraphs:
            lines.append(text)
    return Surface(
        lines=tuple(lines),
        bylines=tuple(dict.fromkeys(bylines)),
        standfirst=standfirst,
        published=dates.get(False),
        modified=dates.get(True),
    )


def _above(headline: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the last elements before the headline in the article or header that holds it."""
    holder = next(headline.iterancestors("article", "main", "header"), None)
    if holder is None:
        return []
    inside = takewhile(lambda element: element is not headline, holder.iterdescendants())
    return list(deque(inside, maxlen=_ABOVE))


def _below(headline: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield every element after the headline in the order of the page."""
    for element in chain([headline], headline.iterancestors()):
        for sibling in element.itersiblings():
            yield from sibling.iter()


def _visible(elements: Iterable[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    hidden: set[html.HtmlElement] = set()
    for element in elements:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (
            not isinstance(element.tag, str)
            or element.tag in _HIDDEN
            or element.getparent() in hidden
            or _ELSEWHERE.search(names)
        ):
            hidden.add(element)
        else:
            yield element


def _is_signed(element: html.HtmlElement) -> bool:
    return any(map(_SIGNED.fullmatch, (element.get("class") or "").split()))


def _is_line(element: html.HtmlElement) -> bool:
    """Tell whether an element is a line or a paragraph: a block that holds no other block."""
    return (element.tag in _BLOCKS and element.tag != "br") and not any(
        child.tag in _BLOCKS for child in element.iterdescendants()
    )


def _is_standfirst(
    element: html.HtmlElement, text: str, described: frozenset[str], *, beside: html.HtmlElement
) -> bool:
    if not _FEWEST <= len(text.split()) <= _MOST or day(text) or _BY.match(text):
        return False
    if plain(text) in described:
        return True
    if next(chain(element.iter("a"), element.iterancestors("a")), None) is not None:
        return False
    if element.tag in {"h2", "h3"}:
        return element.getparent() is beside.getparent()
    return any(
        holder is not None
        and (
            "description" in (holder.get("itemprop") or "")
            or any(map(_STANDFIRST.search, (holder.get("class") or "").split()))
        )
        for holder in (element, element.getparent())
    )


def _is_change(element: html.HtmlElement, properties: list[str]) -> bool:
    names = [element.get("class") or "", element.get("id") or "", *properties]
    return "datePublished" not in properties and any(map(_CHANGED.search, names))


def _date_of(element: html.HtmlElement) -> date | None:
    given = element.get("datetime") or element.get("content")
    return day(given) or day(_text(element))


def _text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split()).replace(" ,", ",")
