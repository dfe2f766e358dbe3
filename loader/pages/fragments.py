"""Pieces of text and HTML as pages and their fields hold them."""

import html as entities
import re

from lxml import etree, html

_BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr",
           "hr", "section", "article", "header", "footer", "figure", "figcaption", "pre", "dd",
           "dt")  # fmt: skip
_CELLS = ("td", "th")
_DROPPED = ("script", "style", "template", etree.Comment, etree.ProcessingInstruction)
_ESCAPED = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters of C0 and C1 but tabs and those between lines: they are for terminals."""


def parser() -> html.HTMLParser:
    """Return a parser of HTML in UTF-8 that opens nothing."""
    return html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def fragment_text(fragment: str) -> str:
    """Return the text of a piece of HTML, one paragraph a block."""
    fragment = _CONTROL.sub("", fragment)
    if "<" not in fragment:
        return unescaped(fragment).strip()
    try:
        tree = html.document_fromstring(
            f"<html><body>{fragment}</body></html>".encode(), parser=parser()
        )
    except (etree.LxmlError, ValueError):
        return re.sub(r"<[^>]*>", " ", fragment).strip()
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    if next(tree.iter("p", "br", "div", "li"), None) is not None:
        for element in tree.iter():  # where blocks make the paragraphs, line ends are white space
            element.text = (element.text or "").replace("\n", " ")
            element.tail = (element.tail or "").replace("\n", " ")
    for block in tree.iter(*_BLOCKS):
        block.tail = "\n\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n\n" + (block.text or "")
    for cell in tree.iter(*_CELLS):
        cell.tail = " " + (cell.tail or "")
    lines = ("".join(map(str, tree.itertext()))).splitlines()
    return "\n\n".join(" ".join(line.split()) for line in lines if line.strip())


def field_text(value: object) -> str | None:
    """Return a field that is one line of text, its markup and escapes undone, None if it is none.

    Content systems escape twice ("&amp;amp;"), so that what is left is undone again.
    """
    if not isinstance(value, str):
        return None
    return " ".join(unescaped(fragment_text(value)).split()) or None


def unescaped(text: str) -> str:
    """Return ``text`` with its character references undone, without control characters.

    A stray ampersand stays.
    """
    for _ in range(2):
        if not _ESCAPED.search(text):
            break
        text = _ESCAPED.sub(lambda found: entities.unescape(found[0]), text)
    return _CONTROL.sub("", text)


def with_title(title: str | None, body: str) -> str:
    """Return ``body`` under its title, which is not repeated where the body starts with it."""
    body = body.strip()
    if not title or plain(body[: len(title) + 20]).startswith(plain(title)):
        return body or (title or "").strip()
    return f"{title}\n\n{body}".strip()


def plain(text: str) -> str:
    """Return the words of ``text`` alone, for comparing headlines and names."""
    return re.sub(r"\W+", " ", text).strip().casefold()
