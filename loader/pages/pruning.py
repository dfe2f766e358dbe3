"""Furniture of an HTML page that text extraction takes for the article: teasers and offers."""

import re

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
    r"(?:pay|reg)-?wall|subscri|sign-?up|register|offer|upsell|promo|gate|meter", re.I
)
_SHARE = 0.35
_REPEATED = 60
_OFFER_WORDS = 120
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header", "strong", "b", "p", "span"})


def prune(tree: html.HtmlElement) -> None:
    """Take teasers of other stories and offers of subscriptions out of ``tree``.

    A block goes by its class or its first heading, and only where it is the lesser part.
    """
    body = tree.find("body")
    if body is None:
        return
    whole = max(1, len(_text(body)))
    gone: set[html.HtmlElement] = set()
    for element in list(body.iter(*_HOLDERS)):
        parent = element.getparent()
        if parent is None or parent in gone:
            gone.add(element)
            continue
        if _is_furniture(element, whole):
            gone.add(element)
            element.drop_tree()


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
        bool(_OFFERS.search(names)) and bool(_OFFER.search(first))
    )
    if not (named or offers or _HEADS.fullmatch(first)):
        return False
    text = _text(element)
    if next(element.iter("h1"), None) is not None:
        return False
    return len(text.split()) <= _OFFER_WORDS if offers else len(text) <= _SHARE * whole


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
