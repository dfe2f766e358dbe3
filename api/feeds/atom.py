"""A feed as Atom (RFC 4287), in pages as archived feeds have them (RFC 5005).

The document that is subscribed to holds the newest entries and says where the ones before are:
``prev-archive`` for readers that complete what they have missed, ``next`` for those that turn over
pages. What was in an archive document stays in it, so that none is missed between two pages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from urllib.parse import quote, urlsplit

from lxml import etree

from api.feeds.entries import Entry

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_AUTHORITY = "w3id.org"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above the entries of a document.

    Attributes:
        name: the feed's.
        title: its question.
        updated: when it last changed, in seconds of the epoch.
        links: addresses by relation, such as ``self``.
        authority: whose ids they are: a host, or nothing where none is named.
        archive: whether it is an archive document.
    """

    name: str
    title: str
    updated: float
    links: Mapping[str, str]
    authority: str = ""
    archive: bool = False


def atom(heading: Heading, entries: Iterable[Entry], base: str) -> bytes:
    """The document; ``base`` is where the site is, without a slash at the end."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "fh": _HISTORY})
    root.set(_XML_LANG, "en")
    _add(root, "id", _tag(heading, ""))
    _add(root, "title", heading.title)
    _add(root, "updated", moment(heading.updated))
    _add(root, "generator", "newsgraph", version=version("newsgraph"))
    _add(_add(root, "author"), "name", "newsgraph")
    for relation, href in heading.links.items():
        kind = "text/html" if relation == "alternate" else MEDIA_TYPE
        _add(root, "link", rel=relation, href=href, type=kind)
    if heading.archive:
        etree.SubElement(root, f"{{{_HISTORY}}}archive")
    for entry in entries:
        _entry(root, heading, entry, base)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return data


def _entry(root: "etree._Element", heading: Heading, entry: Entry, base: str) -> None:
    element = _add(root, "entry")
    _add(element, "id", _tag(heading, entry.told.id))
    _add(element, "title", entry.title)
    _add(element, "updated", moment(entry.told.seen))
    _add(element, "published", moment(entry.told.seen))
    for name in entry.authors or ("newsgraph",):
        _add(_add(element, "author"), "name", name)
    _add(element, "link", rel="alternate", href=base + entry.href, type="text/html")
    if entry.url:
        _add(element, "link", rel="via", href=_iri(entry.url))
    _add(element, "content", entry.content, type="html")


def authority_of(base: str | None) -> str:
    """Whose ids those of a site at ``base`` are: its host; none where it is not published."""
    return (urlsplit(base).hostname or "") if base else ""


def moment(seconds: float) -> str:
    """A time of the epoch as RFC 3339 writes it, in UTC."""
    told = datetime.fromtimestamp(round(seconds, 3), UTC).isoformat(timespec="milliseconds")
    return told.replace("+00:00", "Z")


def _tag(heading: Heading, identifier: str) -> str:
    """An id that stays the same wherever the feed is served (RFC 4151)."""
    place = f"newsgraph/feeds/{heading.name}{f'/{identifier}' if identifier else ''}"
    return f"tag:{heading.authority or _AUTHORITY},2026:{quote(place, safe='/')}"


def _iri(url: str) -> str:
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def _add(
    parent: "etree._Element", name: str, text: str = "", **attributes: str
) -> "etree._Element":
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    for key, value in attributes.items():
        element.set(key, _NO_XML.sub("\ufffd", value))
    if text:
        element.text = _NO_XML.sub("\ufffd", text)
    return element
