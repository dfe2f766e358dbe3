"""HTML to text and to what the page says about itself.

trafilatura finds the text; JSON-LD and meta tags win over its guesses at title, author and date.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

import trafilatura
from lxml import etree, html

from loader.pages.page import PageError, PageMetadata

_ARTICLE_TYPES = re.compile(r"(?:.*Article|.*Posting|Report|Review|.*Reportage)$")
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_SUBTITLES = ("og:description", "description", "twitter:description")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author",
            "citation_author", "cxenseparse:author")  # fmt: skip
_PUBLISHED = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
              "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publication_date",
              "citation_publication_date", "article.published", "og:published_time")  # fmt: skip
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified",
             "dc.date.modified", "article.updated")  # fmt: skip
_OUTLETS = (
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "citation_journal_title",
)
_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_DEPTH = 40
_LISTING = 4
"""A page that describes so many articles is a list of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """The text of an HTML page (title first), its metadata and canonical address."""

    text: str
    metadata: PageMetadata
    url: str | None


def read_html(source: str, url: str | None) -> HtmlPage:
    """Extract an HTML page; raise ``PageError`` where it has no text or cannot be parsed."""
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=_parser())
        metadata, canonical = _metadata(tree)
        found = trafilatura.bare_extraction(
            tree, url=url, with_metadata=True, include_comments=False, include_tables=False
        )
    except (etree.LxmlError, ValueError, RecursionError, AssertionError) as error:
        raise PageError(
            "damaged", f"cannot be parsed as HTML ({type(error).__name__}); save it again"
        ) from error
    body = ""
    if found is not None and not isinstance(found, dict) and found.text:
        body = "\n\n".join(line.strip() for line in found.text.splitlines() if line.strip())
        metadata = _guesses(metadata, found.title, found.author, found.sitename)
        canonical = canonical or found.url
    text = with_title(metadata.title, body)
    if not text:
        raise PageError("empty", "contains no text in its HTML; save the page's text instead")
    return HtmlPage(text=text, metadata=metadata, url=url or canonical)


def fragment_text(fragment: str) -> str:
    """Return the text of a piece of HTML, one paragraph a block."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    try:
        tree = html.document_fromstring(
            f"<html><body>{fragment}</body></html>".encode(), parser=_parser()
        )
    except (etree.LxmlError, ValueError):
        return re.sub(r"<[^>]*>", " ", fragment).strip()
    etree.strip_elements(tree, "script", "style", etree.Comment, with_tail=False)
    for block in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = "\n\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n\n" + (block.text or "")
    lines = ("".join(map(str, tree.itertext()))).splitlines()
    return "\n\n".join(" ".join(line.split()) for line in lines if line.strip())


def with_title(title: str | None, body: str) -> str:
    """Return ``body`` under its title, which is not repeated where the body starts with it."""
    body = body.strip()
    if not title or _plain(body[: len(title) + 20]).startswith(_plain(title)):
        return body or (title or "").strip()
    return f"{title}\n\n{body}".strip()


def day(value: object) -> date | None:
    """Return the day of an ISO 8601 date or time."""
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _metadata(tree: html.HtmlElement) -> tuple[PageMetadata, str | None]:
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = " ".join((tag.get("content") or "").split())
        if key and content:
            tags.setdefault(key.casefold(), []).append(content)
    described = list(islice(_articles(tree), _LISTING))
    article = described[0] if 0 < len(described) < _LISTING else {}

    def first(names: tuple[str, ...]) -> str | None:
        return next((tags[name][0] for name in names if name in tags), None)

    outlet = _name(article.get("publisher")) or first(_OUTLETS)
    title = _text(article.get("headline")) or first(_TITLES)
    authors = tuple(_people(article.get("author"))) or tuple(
        name for key in _AUTHORS for value in tags.get(key, ()) for name in split_names(value)
    )
    stamp = next(
        (day(tag.get("datetime")) for tag in tree.iter("time") if tag.get("datetime")), None
    )
    kinds = tags.get("og:type", [])
    canonical = next(
        (tag.get("href") for tag in tree.iter("link") if tag.get("rel") == "canonical"), None
    )
    dates = [day(value) for key in _PUBLISHED for value in tags.get(key, ())]
    changes = [day(value) for key in _MODIFIED for value in tags.get(key, ())]
    # One <article> with one <h1>, signed and dated, is an article whatever else the page lacks.
    lone = len(list(islice(tree.iter("article"), 2))) == len(list(islice(tree.iter("h1"), 2))) == 1
    dated = any(dates) or (lone and stamp is not None)
    told = dated and bool(authors) and "website" not in kinds
    single = bool(article) or "article" in kinds or told
    return (
        PageMetadata(
            title=without_outlet(title, outlet),
            authors=tuple(dict.fromkeys(name for name in authors if name != outlet)),
            published=day(article.get("datePublished"))
            or next((each for each in dates if each), stamp if single else None),
            modified=day(article.get("dateModified"))
            or next((each for each in changes if each), None),
            outlet=outlet,
            single=single,
        ),
        canonical or next(iter(tags.get("og:url", ())), None),
    )


def without_outlet(title: str | None, outlet: str | None) -> str | None:
    """Return a title without the " | Outlet" that sites add to it."""
    if title and outlet:
        bare = re.sub(rf"\s+[|\-–—:·]\s+{re.escape(outlet)}\s*$", "", title)
        return bare or title
    return title


def split_names(value: str) -> Iterator[str]:
    """Yield the names of an author field: "By Ann Lee and Bo Day; Cy Fox"."""
    if "://" in value or len(value) > 300:
        return
    value = re.sub(r"^\s*by\s*:?\s+", "", value, flags=re.IGNORECASE)
    for name in re.split(r"\s*(?:;|,|\||\band\b|&)\s*", value):
        if name.strip():
            yield " ".join(name.split())


def _guesses(
    metadata: PageMetadata, title: str | None, author: str | None, outlet: str | None
) -> PageMetadata:
    return replace(
        metadata,
        title=metadata.title or without_outlet(title, outlet),
        authors=metadata.authors or tuple(split_names(author or "")),
        outlet=metadata.outlet or outlet,
    )


def _articles(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the articles that the page describes in JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").casefold():
            try:
                value = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _walk(value, 0)


def _walk(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind):
                yield value
                break
        for key in ("@graph", "mainEntity"):
            yield from _walk(value.get(key), depth + 1)


def _people(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = _name(item)
        if name:
            yield from split_names(name)


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(fragment_text(value).split()) or None
