"""Furniture of an HTML page that text extraction takes for the article: teasers and offers."""

import re
from collections.abc import Iterable

from lxml import html

_HOLDERS = ("section", "aside", "div", "ul", "ol", "nav", "details", "form")
_TEASERS = re.compile(
    r"(?:^|[\s_-])(?:related|most-?(?:read|popular|viewed|shared)|trending|popular|recommend(?:ed|ations?)?|"
    r"read-?(?:more|next|also)|more-?(?:stories|news|from|on)|also-?(?:read|like)|up-?next|teasers?|"
    r"outbrain|taboola|sponsored|latest-?(?:news|stories)|further-?reading|"
    r"editors?-?picks?|newsletter(?:-?\w+)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"(?:most (?:popular|read|viewed|shared|recent)|related(?: \w+){0,2}|"
    r"(?:read|see) (?:more|next|also)|"
    r"also (?:read|on|in)\b.{0,40}|more (?:from|on|in|stories|news|like this)\b.{0,40}|"
    r"recommended.{0,30}|trending.{0,20}|(?:you|readers) (?:may|might|also)\b.{0,40}|"
    r"(?:our |the )?latest (?:news|stories|articles|posts|headlines)|top stories|up next|"
    r"editor[’']?s?[’']? picks?|further reading|what to read next|don[’']t miss|in other news|"
    r"other (?:news|stories)|elsewhere (?:on|in)\b.{0,30}|popular (?:now|posts|stories))\W*",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:to (?:continue|keep|finish) reading|"
    r"(?:please )?(?:subscribe|sign up|log ?in|register|join)\b|"
    r"already (?:a|have)\b|become a (?:member|subscriber)|get (?:unlimited|full) access|"
    r"create (?:a|an|your) (?:free )?account|"
    r"this (?:article|story|content) is (?:for|only|reserved)|"
    r"you(?:[’']ve| have) (?:reached|read)\b|unlock\b|want to (?:read|keep))",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"(?:^|[\s_-])(?:(?:pay|reg|meter)-?wall|subscri\w*|sign-?(?:up|in)|register|offers?|upsell|promos?|"
    r"promotions?|promoted|gate|meter\w*|cta|call-?to-?action|member(?:ship)?|donat\w*|support-?us|"
    r"piano|newsletters?|mailing-?list|mailchimp|opt-?in|barrier|trial)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\b(?:subscri(?:be|bers?|ptions?)|sign (?:up|in)|log ?in|register(?:ed)?|"
    r"e-?mail|newsletters?|inbox|(?:free )?trial|members?(?:hip)?|unlimited|read(?:ing)? on|"
    r"keep reading|donat(?:e|ion)s?|support (?:us|our)|already (?:a|have)|cancel any ?time|"
    r"(?:per|a) (?:week|month))\b",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?:^|[\s_-])(?:about-?_?(?:the-?_?)?(?:authors?|writers?|contributors?)|"
    r"(?:authors?|writers?|contributors?)[-_]*(?:bios?|biograph(?:y|ies)|box|card|info|profiles?|"
    r"about|descriptions?)|bio|biography|post-?author)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SHARE = 0.35
_CARD_WORDS = 10
_ABOUT_WORDS = 200
_CELL_WORDS = 60
"""A cell of so many words lays out a page; a table's holds a datum."""
_REPEATED = 60
_OFFER_WORDS = 120
_OFFER_CHARS = 2_000
_PROSE = 80
_LINKED = 0.15
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header", "strong", "b", "p", "span"})


def furniture(tree: html.HtmlElement, *, signed: bool) -> frozenset[html.HtmlElement]:
    """Return the teasers of other stories and the offers of subscriptions in ``tree``.

    A block goes by its class or its first heading, or because all of it is one link, and only
    where it is the lesser part. Notes about the authors go where the page is ``signed``.
    """
    body = tree.find("body")
    if body is None:
        return frozenset()
    whole = max(1, len(_text(body)))
    found: set[html.HtmlElement] = set()
    inside: set[html.HtmlElement] = set()
    for element in body.iter():
        if element.getparent() in inside:
            inside.add(element)
        elif (
            (element.tag in _HOLDERS and _is_furniture(element, whole))
            or (element.tag == "a" and _is_card(element, whole))
            or (signed and _is_about_author(element, whole))
        ):
            inside.add(element)
            found.add(element)
    return frozenset(found)


def prune(tree: html.HtmlElement, found: Iterable[html.HtmlElement]) -> None:
    """Take ``found`` out of ``tree``."""
    for element in found:
        element.drop_tree()


def unlay_tables(tree: html.HtmlElement) -> None:
    """Turn the tables that lay out the page, as old sites have them, into plain blocks."""
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        if any(cell.tag == "th" for cell in cells):
            continue
        if any(
            next(cell.iter("p", "div", "h1", "h2", "table"), None) is not None
            or len(_text(cell).split()) >= _CELL_WORDS
            for cell in cells
        ):
            for element in table.iter("table", "tbody", "thead", "tr", "td"):
                element.tag = "div"


def without_repeats(text: str) -> str:
    """Return the paragraphs of ``text``, each long one once, apart by blank lines."""
    seen: set[str] = set()
    kept = []
    for line in text.splitlines():
        paragraph = line.strip()
        if not paragraph or (len(paragraph) >= _REPEATED and paragraph in seen):
            continue
        seen.add(paragraph)
        kept.append(paragraph)
    return "\n\n".join(kept)


def _is_furniture(element: html.HtmlElement, whole: int) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    named = bool(_TEASERS.search(names))
    first = _first_line(element)
    offers = bool(_OFFER.match(first)) or (
        bool(_OFFERS.search(names)) and bool(_OFFERED.search(_text(element)[:_OFFER_CHARS]))
    )
    headed = bool(_HEADS.fullmatch(first))
    if not (named or offers or headed):
        return False
    text = _text(element)
    if next(element.iter("h1"), None) is not None:
        return False
    if not headed and _is_prose(element, text):
        return False
    return len(text.split()) <= _OFFER_WORDS if offers else len(text) <= _SHARE * whole


def _is_card(link: html.HtmlElement, whole: int) -> bool:
    """Tell whether a link holds blocks: the picture, headline and summary of another story."""
    if next(link.iter("p", "div", "h2", "h3", "h4", "li"), None) is None:
        return False
    text = _text(link)
    return len(text.split()) >= _CARD_WORDS and len(text) <= _SHARE * whole


def _is_about_author(element: html.HtmlElement, whole: int) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag not in _HOLDERS or not _AUTHORS.search(names):
        return False
    if next(element.iter("h1"), None) is not None:
        return False
    text = _text(element)
    return _CARD_WORDS <= len(text.split()) <= _ABOUT_WORDS and len(text) <= _SHARE * whole


def _is_prose(element: html.HtmlElement, text: str) -> bool:
    """Tell whether a block is an article's text, whatever it is called: long, and hardly linked."""
    words = len(text.split())
    if words < _PROSE / 2:
        return False
    linked = sum(len(_text(link).split()) for link in element.iter("a"))
    paragraphs = sum(len(_text(each).split()) for each in element.iter("p"))
    headings = len(list(element.iter("h2", "h3", "h4")))
    if 2 * headings > len(list(element.iter("p"))):
        return False
    least = _LINKED * words if words >= _PROSE else 1
    return linked < least and paragraphs > words / 2


def _first_line(element: html.HtmlElement) -> str:
    """Return the first line of a block, without reading the rest of it."""
    for inner in element.iter():
        if inner.tag in _HEADINGS or inner is element:
            text = " ".join((inner.text or "").split()) or (
                _text(inner)[:200] if inner.tag in _HEADINGS else ""
            )
            if text:
                return text
    return ""


def _text(element: html.HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
