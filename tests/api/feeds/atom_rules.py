"""What RFC 4287 and RFC 5005 ask of a feed document, rule by rule."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
_ONE = ("id", "title", "updated")
_AT_MOST_ONE = ("content", "published", "rights", "source", "summary", "generator", "subtitle")
_TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def check(data: bytes) -> "etree._Element":
    """Assert that ``data`` is a valid Atom document, and return its root."""
    root = etree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    _check_common(root)
    entries = root.findall(f"{ATOM}entry")
    assert root.find(f"{ATOM}author") is not None or all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    )
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert "self" in links
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        _check_common(entry)
        kinds = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
        assert kinds.count("alternate") == 1
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        assert len(content) == 0  # 4.1.3.3: html is text, without child elements
        etree.HTML(content.text)
    if root.find(f"{HISTORY}archive") is not None:
        assert "current" in links
    return root


def _check_common(element: "etree._Element") -> None:
    for name in _ONE:
        assert len(element.findall(f"{ATOM}{name}")) == 1, name
    for name in _AT_MOST_ONE:
        assert len(element.findall(f"{ATOM}{name}")) <= 1, name
    assert _TAG.fullmatch(element.findtext(f"{ATOM}id"))
    assert element.findtext(f"{ATOM}title").strip()
    for name in ("updated", "published"):
        told = element.findtext(f"{ATOM}{name}")
        assert told is None or (_DATE.fullmatch(told) and datetime.fromisoformat(told))
    for author in element.findall(f"{ATOM}author"):
        assert len(author.findall(f"{ATOM}name")) == 1
        assert author.findtext(f"{ATOM}name").strip()
    seen = set()
    for link in element.findall(f"{ATOM}link"):
        parts = urlsplit(link.get("href"))
        assert parts.scheme in ("http", "https")
        assert parts.netloc
        assert link.get("href").isascii()
        key = (link.get("rel"), link.get("type"), link.get("hreflang"))
        assert key not in seen or link.get("rel") != "alternate"
        seen.add(key)
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(ATOM):
            assert set(child.attrib) <= {"rel", "href", "type", "version", "uri"}, child.attrib
