"""What a feed lists: RSS, Atom, JSON Feed or a news sitemap, each item with its own address.

Each item comes with the page that the feed itself makes of it, for items without an address and
for pages that cannot be had.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import orjson
from lxml import etree, html

from loader.pages.addresses import is_address, plain_address
from loader.pages.feeds import list_feed
from loader.pages.fragments import parser
from loader.pages.json_records import read_records
from loader.pages.page import Limits, Page, PageError
from loader.pages.sniffing import is_feed, is_html, is_json
from loader.pages.source import Source, page_of

_HEAD = 4_096
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An item of a feed.

    Attributes:
        key: What it is known by from one look at the feed to the next.
        url: The address of its page, if it has one.
        changed: When it says that it was last changed; empty if it does not.
        page: What the feed itself holds of it, if that is any text.
    """

    key: str
    url: str | None
    changed: str
    page: Page | None


def list_items(data: bytes, address: str) -> list[Listed]:
    """The items of the feed ``data``, which was found at ``address``, in its order, each once.

    Raises:
        PageError: it is no feed, or cannot be read; the message says what to do.
    """
    head = data[:_HEAD]
    if is_feed(head):
        found = list(_of_xml(data, address))
    elif is_html(head):
        raise PageError("binary", _instead(data, address))
    elif is_json(data):
        found = list(_of_json(data, address))
    else:
        raise PageError("binary", "is no feed: neither RSS, Atom, JSON Feed nor a sitemap")
    return list({item.key: item for item in reversed(found)}.values())[::-1]


def _of_xml(data: bytes, address: str) -> Iterator[Listed]:
    for item in list_feed(data, address):
        url = _http(item.url)
        page = None
        if item.entry is not None:
            entry = item.entry
            key = item.id or hashlib.sha256(entry.data).hexdigest()
            page = page_of(
                _source(url, address, key), entry.data, entry.text, media_type="application/xml",
                url=url, metadata=entry.metadata, warnings=entry.warnings,
            )  # fmt: skip
        elif url is None:
            continue  # neither text nor an address
        else:
            key = item.id or url
        yield Listed(key=_key(url, address, key), url=url, changed=item.changed, page=page)


def _of_json(data: bytes, address: str) -> Iterator[Listed]:
    for raw, record in read_records(data, Limits()):
        fields = orjson.loads(raw)
        link = fields.get("url") or fields.get("link") or fields.get("external_url")
        url = _http(urljoin(address, link)) if isinstance(link, str) and link else None
        given = fields.get("id") or fields.get("guid")
        key = str(given) if isinstance(given, str | int) else hashlib.sha256(raw).hexdigest()
        changed = fields.get("date_modified") or fields.get("modified") or ""
        page = None
        if not isinstance(record, PageError):
            url = url or _http(record.url)
            page = page_of(
                _source(url, address, key), raw, record.text, media_type="application/json",
                url=url, metadata=record.metadata,
            )  # fmt: skip
        elif url is None:
            continue
        yield Listed(key=_key(url, address, key), url=url, changed=str(changed), page=page)


def _source(url: str | None, address: str, key: str) -> Source:
    """The page's name: its address, or its place in the feed."""
    location = url or f"{plain_address(address)}#{key}"
    return Source(name=location.partition("://")[2], location=location)


def _key(url: str | None, address: str, key: str) -> str:
    """Pages are known by their addresses, whichever feeds list them."""
    return url or f"{plain_address(address)}#{key}"


def _http(url: str | None) -> str | None:
    """``url`` without fragment if it is one of http or https."""
    if url is None or not is_address(url) or not url.casefold().startswith(("http://", "https://")):
        return None
    return plain_address(url.strip())


def _instead(data: bytes, address: str) -> str:
    """What to say of a web page that was given for a feed: which feeds it names."""
    try:
        tree = html.document_fromstring(data, parser=parser())
    except (etree.LxmlError, ValueError):
        tree = None
    links = tree.iter("link") if tree is not None else ()
    found = [
        urljoin(address, link.get("href") or "")
        for link in links
        if link.get("type") in _FEEDS and "alternate" in (link.get("rel") or "").casefold()
    ]
    if not found:
        return "is a web page, not a feed; `newsgraph load` loads single pages"
    return f"is a web page, not a feed; watch the feed that it names: {found[0]}"
