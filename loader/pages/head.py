"""What an HTML page says about itself: JSON-LD, meta tags, and what is seen around its headline.

For each particular the plainest source comes first; what only the page's look suggests, last.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain, islice
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from lxml import html

from loader.pages.days import day
from loader.pages.fragments import field_text, plain
from loader.pages.jsonld import Described
from loader.pages.page import PageMetadata
from loader.pages.sites import outlet_of
from loader.pages.surface import Surface, surface_of
from loader.pages.titles import Headlines, agreeing, same_outlet

Value = TypeVar("Value")

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline",
           "parsely-title", "sailthru.title")  # fmt: skip
_AUTHORS = ("author", "authors", "article:author", "article:author_name", "dc.creator",
            "dcterms.creator", "byl", "byline", "parsely-author", "sailthru.author",
            "citation_author", "cxenseparse:author", "article.author",
            "og:article:author")  # fmt: skip
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description",
                 "dcterms.abstract", "sailthru.description")  # fmt: skip
_PUBLISHED = ("article:published_time", "datepublished", "article:published", "og:published_time",
              "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued",
              "dcterms.issued", "pubdate", "publishdate", "publish_date", "publication_date",
              "citation_publication_date", "date", "dc.date", "dcterms.date")  # fmt: skip
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified",
             "article:modified", "dc.date.modified", "dcterms.modified",
             "article.updated")  # fmt: skip
_DATED = re.compile(r"date|publi[sc]|issued|posted|created", re.IGNORECASE)
_NOT_DATED = re.compile(
    r"modif|updat|expir|event|valid|birth|copyright|review|crawl|cache|build|generat|today|current|"
    r"render|access|index|start|end|revis",
    re.IGNORECASE,
)
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher",
            "citation_journal_title", "article:publisher",
            "apple-mobile-web-app-title")  # fmt: skip
_LONGEST_HEADLINE = 400
_MOST_HEADINGS = 100
_LISTED = 3
_SENTENCE = 7
_PROSE = 20
"""A paragraph of prose has so many words."""
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_IN_UTC = re.compile(r"\d(?:Z|[+-]00:?00)\s*$")
_OF_ARTICLES = re.compile(r"(?:Article|Posting|WebPage|Report)\b", re.IGNORECASE)


def metadata_of(
    tree: html.HtmlElement, url: str | None
) -> tuple[PageMetadata, str | None, str | None]:
    """Return what the page says about itself, its own absolute address and its body in JSON-LD.

    ``url`` is the address it was fetched from. Authors are given as the page writes them.
    """
    tags = _tags(tree)
    described = Described(tree)
    address = _address(tree, tags, url)
    headings = _headings(tree, "h1")
    article = described.article(tuple(text for text, _ in headings))
    shared = _first(tags, _TITLES, field_text)
    window = next((text for text in map(_heading, tree.iter("title")) if text), None)
    titles = [title for title in (window, *(text for text, _ in headings)) if title]
    sites = [
        described.name(article.get("publisher")),
        *(field_text(value) for key in _OUTLETS for value in tags.get(key, ())[:1]),
        described.site,
    ]
    outlet = outlet_of(sites, titles, address or url)
    entitled = agreeing(headings, window, shared, outlet)
    if not entitled and (lower := agreeing(_headings(tree, "h2", "h3"), window, shared, outlet)):
        headings, entitled = lower, lower
    headlines = Headlines(
        shown=tuple(text for text, _ in headings if not same_outlet(text, outlet)),
        described=field_text(article.get("headline")),
        shared=shared,
        window=window,
        outlet=outlet,
        sections=_sections(tree, tags),
    )
    descriptions = [field_text(value) for key in _DESCRIPTIONS for value in tags.get(key, ())]
    descriptions += [field_text(article.get(key)) for key in ("description", "alternativeHeadline")]
    told_of = frozenset(plain(each) for each in descriptions if each)
    surface = _surface(tree, headings, headlines, told_of)
    authors = described.people(article.get("author") or article.get("creator")) or tuple(
        value for key in _AUTHORS for value in tags.get(key, ())
    )
    kinds = tags.get("og:type", [])
    # One <article> with one <h1>, signed and dated, is an article whatever else the page lacks.
    lone = len(list(islice(tree.iter("article"), 2))) == len(headings) == 1
    tagged = _first(tags, _PUBLISHED, partial(_local, in_path=_dated_path(address or url)))
    signed = bool(authors or surface.bylines)
    told = bool(tagged or (lone and surface.published)) and signed and "website" not in kinds
    entire = (
        bool(entitled) and not described.is_listing and not _is_list(tree, entitled[0][0], window)
    )
    single = bool(article) or "article" in kinds or (told and not described.is_listing) or entire
    in_path = _dated_path(address or url)
    published = (
        _local(article.get("datePublished"), in_path)
        or day(described.page.get("datePublished"))
        or tagged
        or (surface.published if single else None)
        or day(article.get("dateCreated"))
        or _other_date(tags)
        or (in_path if single else None)
    )
    modified = (
        day(article.get("dateModified"))
        or day(described.page.get("dateModified"))
        or _first(tags, _MODIFIED, day)
        or (surface.modified if single else None)
    )
    return (
        PageMetadata(
            title=headlines.best()
            if single or not headings
            else headlines.bare(shared) or headlines.best(),
            authors=tuple(dict.fromkeys(authors)),
            subtitle=surface.standfirst if single else None,
            bylines=surface.bylines if single else (),
            head=surface.lines if single else (),
            published=published,
            modified=modified,
            outlet=outlet,
            single=single,
        ),
        address,
        article.get("articleBody") if isinstance(article.get("articleBody"), str) else None,
    )


def _headings(tree: html.HtmlElement, *tags: str) -> list[tuple[str, html.HtmlElement]]:
    return [
        (text, each)
        for each in islice(tree.iter(*tags), _MOST_HEADINGS)
        if (text := _heading(each)) and len(text) < _LONGEST_HEADLINE
    ]


def _is_list(tree: html.HtmlElement, headline: str, window: str | None) -> bool:
    """Tell whether a page rather lists stories under its heading than tells one.

    A heading of many words is a story's. A list links its headings, and has little prose between.
    One of whole posts, as a blog's front page is, bears one name in its window and above the posts.
    """
    linked = sum(
        next(chain(each.iter("a"), each.iterancestors("a")), None) is not None
        for each in islice(tree.iter("h2", "h3", "h4"), _MOST_HEADINGS)
        if next(each.iterancestors("nav", "aside", "footer"), None) is None
    )
    if len(headline.split()) >= _SENTENCE:
        return False
    if plain(headline) == plain(window or ""):
        return linked >= _LISTED
    prose = sum(len(_text(each).split()) >= _PROSE for each in tree.iter("p"))
    return linked >= _LISTED and prose < 2 * linked


def _tags(tree: html.HtmlElement) -> dict[str, list[str]]:
    """Return the content of the meta tags by name; those of a picture or a comment are left out."""
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = " ".join((tag.get("content") or "").split())
        if not content:
            continue
        keys = [tag.get("property") or "", tag.get("name") or ""]
        if tag.get("itemprop") and _is_of_article(tag):
            keys += (tag.get("itemprop") or "").split()
        for key in dict.fromkeys(key.casefold() for key in keys if key):
            tags.setdefault(key, []).append(content)
    return tags


def _is_of_article(tag: html.HtmlElement) -> bool:
    holder = next((each for each in tag.iterancestors() if each.get("itemscope") is not None), None)
    return holder is None or _OF_ARTICLES.search(holder.get("itemtype") or "Article") is not None


def _first(
    tags: dict[str, list[str]], names: tuple[str, ...], read: Callable[[str], Value | None]
) -> Value | None:
    values = (read(value) for name in names for value in tags.get(name, ()))
    return next((value for value in values if value), None)


def _other_date(tags: dict[str, list[str]]) -> date | None:
    """Return the day of publication from a tag of a name of the site's own."""
    for key, values in tags.items():
        if _DATED.search(key) and not _NOT_DATED.search(key):
            for value in values:
                if found := day(value):
                    return found
    return None


def _local(value: object, in_path: date | None) -> date | None:
    """Return the day that a field names; of a time in UTC, the day that the address is of.

    West of Greenwich an evening's story is of the next day in UTC, east of it of the one before.
    """
    found = day(value)
    if found and in_path and isinstance(value, str) and _IN_UTC.search(value):
        return in_path if abs(found - in_path) == timedelta(days=1) else found
    return found


def _dated_path(url: str | None) -> date | None:
    found = _DAY_IN_PATH.search(urlsplit(url).path) if url else None
    return day("-".join(found.groups())) if found else None


def _address(tree: html.HtmlElement, tags: dict[str, list[str]], url: str | None) -> str | None:
    """Return the page's own address, made absolute; None where it cannot be."""
    bases = [tag.get("href") for tag in tree.iter("base") if tag.get("href")]
    base = urljoin(url or "", bases[0]) if bases else url or ""
    links = [tag.get("href") for tag in tree.iter("link") if "canonical" in (tag.get("rel") or "")]
    for link in [*links, *tags.get("og:url", ())]:
        try:
            absolute = urljoin(base, (link or "").strip())
            if (
                link
                and urlsplit(absolute).scheme in {"http", "https"}
                and urlsplit(absolute).netloc
            ):
                return str(absolute)
        except ValueError:
            continue
    return None


def _heading(element: html.HtmlElement) -> str | None:
    return field_text(_text(element))


def _text(element: html.HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _sections(tree: html.HtmlElement, tags: dict[str, list[str]]) -> frozenset[str]:
    links = (link for nav in tree.iter("nav") for link in nav.iter("a"))
    texts = (" ".join("".join(map(str, link.itertext())).split()) for link in islice(links, 300))
    return frozenset([*filter(None, texts), *tags.get("article:section", ())])


def _surface(
    tree: html.HtmlElement,
    headings: list[tuple[str, html.HtmlElement]],
    headlines: Headlines,
    described: frozenset[str],
) -> Surface:
    best = plain(headlines.best() or "")
    for text, heading in headings:
        if plain(text) == best:
            return surface_of(heading, described)
    shown = [heading for text, heading in headings if text in headlines.shown]
    holders: Iterator[html.HtmlElement] = tree.iter("article", "main")
    start = shown[0] if shown else next(holders, None)
    return surface_of(start, described) if start is not None else Surface()
