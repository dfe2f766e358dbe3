"""RSS and Atom feeds and news sitemaps that were saved as files: a page an entry.

Documents that declare entities are refused: none of these formats needs them, and they are how
XML attacks its reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

from lxml import etree

from loader.pages.html import day, fragment_text, split_names, with_title
from loader.pages.page import PageError, PageMetadata

_ENTITY = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its bytes, its text (title first), metadata and address."""

    data: bytes
    text: str
    metadata: PageMetadata
    url: str | None


def read_feed(data: bytes) -> Iterator[Entry]:
    """Yield the entries of a feed; raise ``PageError`` where it cannot be read or holds no text."""
    if _ENTITY.search(data):
        raise PageError("unsafe", "declares XML entities, which feeds do not need; remove them")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise PageError("damaged", f"not well-formed XML ({error}); save it again") from error
    outlet = _text(root.find("{*}channel"), "title") or _text(root, "title")
    found = 0
    for element in root.iter("{*}item", "{*}entry", "{*}url"):
        entry = _entry(element, outlet)
        if entry is not None:
            found += 1
            yield entry
    if not found:
        raise PageError(
            "empty", "lists URLs without text; download those pages and load them instead"
        )


def _entry(element: "etree._Element", outlet: str | None) -> Entry | None:
    news = element.find("{*}news")
    title = fragment_text(_text(element, "title") or _text(news, "title") or "")
    contents = [
        _content(child)
        for name in ("encoded", "content", "description", "summary")
        for child in element.findall(f"{{*}}{name}")
    ]
    body = fragment_text(max(contents, key=len, default=""))
    text = with_title(title, body)
    if not any(char.isalnum() for char in text):
        return None
    authors = [
        name
        for author in (*element.findall("{*}author"), *element.findall("{*}creator"))
        for name in split_names(_text(author, "name") or (author.text or ""))
        if "@" not in name
    ]
    named = _text(element, "source") or _text(news, "publication/{*}name")
    metadata = PageMetadata(
        title=title or None,
        authors=tuple(dict.fromkeys(authors)),
        published=_date(element, "published", "pubDate", "date", "issued", "updated")
        or _date(news, "publication_date"),
        modified=_date(element, "updated", "modified"),
        outlet=named or outlet,
        single=True,
    )
    data = etree.tostring(element, with_tail=False)
    return Entry(data=data, text=text, metadata=metadata, url=_link(element))


def _content(element: "etree._Element") -> str:
    if len(element):
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return element.text or ""


def _link(element: "etree._Element") -> str | None:
    for link in element.findall("{*}link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
        if link.text and "://" in link.text:
            return str(link.text).strip()
    return _text(element, "loc")


def _text(element: "etree._Element | None", path: str) -> str | None:
    if element is None:
        return None
    found = element.find(f"{{*}}{path}")
    if found is None:
        return None
    return " ".join("".join(map(str, found.itertext())).split()) or None


def _date(element: "etree._Element | None", *names: str) -> date | None:
    for name in names:
        value = _text(element, name)
        if value:
            try:
                return day(value) or parsedate_to_datetime(value).date()
            except (ValueError, TypeError):
                continue
    return None
