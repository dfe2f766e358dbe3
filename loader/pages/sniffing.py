"""What a file is, by its first few thousand bytes."""

import re

from loader.pages.xml import encoding_begun

_PROLOGUE = re.compile(
    rb"\xef\xbb\xbf|<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>\[]*(?:\[.*?\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_HTML = re.compile(
    rb"\s*<(?:!doctype\s+html|html|head|body|article|section|div|p)\b", re.IGNORECASE
)
_FEED = re.compile(rb"\s*<(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)\b")
_XML = re.compile(rb"\s*<(?:\?xml\s|!DOCTYPE\s)", re.IGNORECASE)


def _narrow(head: bytes) -> bytes:
    """``head`` in UTF-8, if its beginning is markup in another encoding."""
    encoding = encoding_begun(head)
    return head if encoding is None else head.decode(encoding, "ignore").encode("utf-8", "ignore")


def is_html(head: bytes) -> bool:
    """Tell whether a file that starts so is an HTML page or a piece of one."""
    return _HTML.match(_PROLOGUE.sub(b"", _narrow(head))) is not None


def is_feed(head: bytes) -> bool:
    """Tell whether a file that starts so is a feed or a sitemap."""
    return _FEED.match(_PROLOGUE.sub(b"", _narrow(head))) is not None


def is_json(data: bytes) -> bool:
    """Tell whether a whole file is a JSON object or a list of them."""
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    first = text[1:].lstrip()[:1]
    if text.startswith(b"["):
        return text.endswith(b"]") and first == b"{"
    return text.startswith(b"{") and text.endswith(b"}") and first in {b'"', b"}"}


def is_xml(head: bytes) -> bool:
    """Tell whether a file that starts so is XML of some kind."""
    return _XML.match(_narrow(head)) is not None
