"""HTML to text and to what the page says about itself: trafilatura finds the text."""

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import trafilatura
from htmldate import find_date
from lxml import etree, html

from loader.pages.blocks import Gram, blocks_of, completed, grams_of
from loader.pages.days import day
from loader.pages.fragments import fragment_text, parser, plain, with_title
from loader.pages.head import metadata_of
from loader.pages.page import PageError, PageMetadata
from loader.pages.posts import quote_posts
from loader.pages.pruning import furniture, prune, unlay_tables, without_repeats
from loader.pages.sites import is_outlet

_FIRST_LINES = 4
_SAME = 0.6
_STUB = 0.5
"""A text of less than this share of the whole is a stub."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """The text of an HTML page (title first), its metadata and its own address."""

    text: str
    metadata: PageMetadata
    url: str | None


def read_html(source: str, url: str | None) -> HtmlPage:
    """Extract an HTML page; raise ``PageError`` where it has no text or cannot be parsed."""
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=parser())
        metadata, canonical, told = metadata_of(tree, url)
        headlines = {grams_of(each.text_content()) for each in islice(tree.iter("h1"), 20)}
        etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
        quote_posts(tree)
        unlay_tables(tree)
        apart = furniture(tree, signed=bool(metadata.authors or metadata.bylines))
        root = tree.find("body")
        blocks = blocks_of(root if root is not None else tree, apart)
        prune(tree, apart)
        if not metadata.published:
            guess = _guessed_date(tree)
            metadata = replace(metadata, guessed=guess if guess != metadata.modified else None)
        found = trafilatura.bare_extraction(
            tree, url=url, with_metadata=True, include_comments=False, include_tables=True
        )
    except (etree.LxmlError, ValueError, RecursionError, AssertionError) as error:
        raise PageError(
            "damaged", f"cannot be parsed as HTML ({type(error).__name__}); save it again"
        ) from error
    body = ""
    if found is not None and not isinstance(found, dict):
        body = without_repeats("\n".join(completed((found.text or "").splitlines(), blocks)))
        metadata = _guesses(metadata, found.title, found.author, found.sitename)
    body = _fuller(body, told)
    body = with_standfirst(metadata.subtitle, without_headlines(body, headlines))
    text = with_title(metadata.title, body)
    if not text:
        raise PageError("empty", "contains no text in its HTML; save the page's text instead")
    return HtmlPage(text=text, metadata=metadata, url=url or canonical)


def without_headlines(body: str, headlines: Collection[tuple[Gram, ...]]) -> str:
    """Return ``body`` without the headlines of the page that it starts with, and what is above."""
    lines = body.split("\n\n")
    for number, line in enumerate(lines[:_FIRST_LINES]):
        if grams_of(line) in headlines:
            return "\n\n".join(lines[number + 1 :])
        if len(line.split()) >= _FIRST_LINES:
            break
    return body


def with_standfirst(standfirst: str | None, body: str) -> str:
    """Return ``body`` with the standfirst above it, if it does not start with it."""
    if not standfirst:
        return body
    said = set(grams_of(standfirst))
    start = {gram for line in body.split("\n\n")[:_FIRST_LINES] for gram in grams_of(line)}
    if len(said & start) > _SAME * len(said):
        return body
    return f"{standfirst}\n\n{body}".strip()


def _guessed_date(tree: html.HtmlElement) -> date | None:
    """Return the day in an element that sites mark as one, as htmldate knows them, else in a text.

    Its search through all of the text may take another story's day for that of publication.
    """
    for extensive in (False, True):
        try:
            found = find_date(deepcopy(tree), extensive_search=extensive, original_date=True)
        except (ValueError, TypeError, AttributeError, OverflowError):
            continue
        if found:
            return day(found)
    return None


def _guesses(
    metadata: PageMetadata, title: str | None, author: str | None, outlet: str | None
) -> PageMetadata:
    return replace(
        metadata,
        title=metadata.title or title,
        authors=metadata.authors or tuple(filter(None, [author])),
        outlet=metadata.outlet or (outlet if outlet and _is_added(outlet, title) else None),
    )


def _is_added(outlet: str, title: str | None) -> bool:
    """Tell whether a site's name is one, and not its page's."""
    return is_outlet(outlet) and plain(outlet) not in plain(title or "")


def _fuller(body: str, told: str | None) -> str:
    """Return the article's body as JSON-LD has it where the page shows but a stub of it."""
    words = len(body.split())
    if not told or words > _STUB * len(told.split()):
        return body
    full = without_repeats(fragment_text(told))
    return full if words < _STUB * len(full.split()) else body
