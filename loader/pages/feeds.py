"""RSS and Atom feeds and news sitemaps that were saved as files: a page an entry.

What is not well-formed is read a second time, leniently.
"""

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from lxml import etree

from loader.pages.days import day
from loader.pages.fragments import field_text, fragment_text, with_title
from loader.pages.page import PageError, PageMetadata
from loader.pages.xml import parsed, source

_STRAY = re.compile(rb"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_CORE = frozenset({
    "", *_ATOM, "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2", "http://www.sitemaps.org/schemas/sitemap/0.9",
    "http://www.google.com/schemas/sitemap/0.84",
})  # fmt: skip
_CONTENT = frozenset({"http://purl.org/rss/1.0/modules/content/"})
_DC = frozenset({"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"})
_ITUNES = frozenset({"http://www.itunes.com/dtds/podcast-1.0.dtd"})
_ITEMS = ("{*}item", "{*}entry", "{*}url")
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
LENIENT = "not well-formed XML; read leniently, so that parts may be missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its bytes, its text (title first), metadata and address."""

    data: bytes
    text: str
    metadata: PageMetadata
    url: str | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a feed lists: the item's own id, its address, and what of it the feed holds.

    ``changed`` is when the item says that it was last changed, as it is written there.
    """

    id: str | None
    url: str | None
    changed: str
    entry: Entry | None


def read_feed(data: bytes) -> Iterator[Entry]:
    """Yield the entries of a feed; raise ``PageError`` where it cannot be read or holds no text."""
    found = False
    for item in list_feed(data):
        if item.entry is not None:
            found = True
            yield item.entry
    if not found:
        raise PageError(
            "empty", "lists URLs without text; download those pages and load them instead"
        )


def list_feed(data: bytes, address: str | None = None) -> Iterator[Item]:
    """Yield the items of a feed or sitemap, those without text too; raise where it is none.

    Args:
        data: The feed.
        address: Its own address, which relative ones of its items count from.

    Raises:
        PageError: it cannot be read.
    """
    warnings: tuple[str, ...] = ()
    failure = None
    try:
        root = parsed(source(data, "feeds"))
    except (etree.LxmlError, ValueError) as error:
        failure = PageError("damaged", f"not well-formed XML ({error}); save it again")
        failure.__cause__ = error
        root = _recovered(data)
        warnings = (LENIENT,)
    for item in _items(root, address, warnings) if root is not None else ():
        failure = None
        yield item
    if failure is not None:
        raise failure


def _items(
    root: "etree._Element", address: str | None, warnings: tuple[str, ...]
) -> Iterator[Item]:
    channel = next(_children(root, "channel"), root)
    for element in filter(_is_core, root.iter(*_ITEMS)):
        entry, url = _entry(element, channel, warnings), _link(element, address)
        if entry is None and url is None:
            continue
        yield Item(
            id=_text(element, "guid") or _text(element, "id") or element.get(_RDF_ABOUT),
            url=url,
            changed=_text(element, "updated") or _text(element, "modified")
            or _text(element, "lastmod") or "",
            entry=entry,
        )  # fmt: skip


def _recovered(data: bytes) -> "etree._Element | None":
    """Parse what people save: stray ampersands, HTML entities, text before the prologue."""
    data = source(data, "feeds", lenient=True)
    data = _CONTROL.sub(b"", data[max(0, data.find(b"<")) :])
    data = _NAMED.sub(_numbered, _STRAY.sub(b"&amp;", data))
    try:
        return parsed(data, recover=True)
    except (etree.LxmlError, ValueError):
        return None


def _numbered(found: re.Match[bytes]) -> bytes:
    if found[1] in _XML_ENTITIES:
        return found[0]
    point = html.entities.name2codepoint.get(found[1].decode("ascii"))
    return f"&#{point};".encode() if point else b"&amp;" + found[1] + b";"


def _entry(
    element: "etree._Element", channel: "etree._Element", warnings: tuple[str, ...]
) -> Entry | None:
    news = element.find("{*}news")
    title = field_text(_text(element, "title") or _text(news, "{*}title"))
    contents = [
        *map(_content, _children(element, "content", "description", "summary")),
        *map(_content, _children(element, "encoded", within=_CONTENT)),
        *map(_content, _children(element, "description", within=_DC)),
    ]
    body = fragment_text(max(contents, key=len, default=""))
    text = with_title(title, body)
    if not any(char.isalnum() for char in text):
        return None
    source = next(_children(element, "source"), None)
    holders = (element, source, channel)
    outlet = (
        _text(source, "title") or _whole(source) or _text(news, "{*}publication/{*}name")
        or _text(channel, "title")
    )  # fmt: skip
    metadata = PageMetadata(
        title=title or None,
        authors=next(
            (names for each in holders if each is not None and (names := _authors(each))), ()
        ),
        published=_date(element, "published", "pubDate", "issued")
        or _date(element, "date", "issued", "created", within=_DC)
        or day(_text(news, "{*}publication_date"))
        or _date(element, "updated", "modified"),
        modified=_date(element, "updated", "modified") or _date(element, "modified", within=_DC),
        outlet=outlet,
        single=True,
    )
    data = etree.tostring(element, with_tail=False)
    return Entry(data=data, text=text, metadata=metadata, url=_link(element), warnings=warnings)


def _is_core(element: "etree._Element") -> bool:
    return isinstance(element.tag, str) and (etree.QName(element).namespace or "") in _CORE


def _children(
    element: "etree._Element | None", *names: str, within: frozenset[str] = _CORE
) -> Iterator["etree._Element"]:
    """Yield the children of these names whose namespace is one of ``within``."""
    if element is None:
        return
    for child in element:
        if isinstance(child.tag, str):
            name = etree.QName(child)
            if name.localname in names and (name.namespace or "") in within:
                yield child


def _authors(element: "etree._Element") -> tuple[str, ...]:
    found = [
        *(_text(author, "name") or _whole(author) for author in _children(element, "author")),
        *map(_whole, _children(element, "creator", within=_DC)),
    ]
    found = found or [*map(_whole, _children(element, "author", within=_ITUNES))]
    return tuple(dict.fromkeys(filter(None, found)))


def _content(element: "etree._Element") -> str:
    inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return (element.text or "") + inner


def _link(element: "etree._Element", base: str | None = None) -> str | None:
    """Return the entry's own address, made absolute; None where it cannot be."""
    links = [*_children(element, "link")]
    found = [
        *(link.get("href") for link in links if link.get("rel", "alternate") == "alternate"),
        *(link.text for link in links),
        _text(element, "loc"),
        *(guid.text for guid in _children(element, "guid") if guid.get("isPermaLink") != "false"),
    ]
    bases = [each.get(_XML_BASE) for each in (element, *element.iterancestors())]
    for link in filter(None, found):
        address = link.strip()
        for each in filter(None, (*bases, base)):
            address = urljoin(each, address)
        if "://" in address:
            return str(address)
    return None


def _whole(element: "etree._Element | None") -> str | None:
    if element is None or (len(element) and element.find("{*}title") is not None):
        return None
    return " ".join("".join(map(str, element.itertext())).split()) or None


def _text(element: "etree._Element | None", path: str) -> str | None:
    if element is None:
        return None
    found = element.find(path) if "{" in path else next(_children(element, path), None)
    return _whole(found)


def _date(element: "etree._Element", *names: str, within: frozenset[str] = _CORE) -> date | None:
    values = (
        day(_whole(child)) for name in names for child in _children(element, name, within=within)
    )
    return next((value for value in values if value), None)
