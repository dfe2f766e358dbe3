"""Word, OpenDocument and EPUB files: zip archives whose XML members hold the text."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from loader.pages.decoding import tidy
from loader.pages.page import Limits, PageError, PageMetadata
from loader.pages.xml import parsed, source
from queries.counts import counted

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD_BODY = "word/document.xml"
_DROPPED = (_FALLBACK, f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}instrText",
            f"{_TEXT}tracked-changes", f"{_TEXT}note", "{*}annotation")  # fmt: skip
_CHAPTER = frozenset({"application/xhtml+xml", "text/html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A page of an EPUB: its member's name and its HTML."""

    name: str
    data: bytes


def is_word(members: set[str]) -> bool:
    """Tell a Word document by the names of its members."""
    return _WORD_BODY in members


def is_opendocument(members: set[str]) -> bool:
    """Tell an OpenDocument text by the names of its members."""
    return "content.xml" in members and "META-INF/manifest.xml" in members


def is_epub(members: set[str]) -> bool:
    """Tell an EPUB by the names of its members."""
    return "META-INF/container.xml" in members


def read_word(archive: zipfile.ZipFile, limits: Limits) -> tuple[str, PageMetadata]:
    """Return the text of a Word document, paragraphs apart by blank lines, and its particulars."""
    body = _xml(archive, _WORD_BODY, limits)
    etree.strip_elements(body, *_DROPPED, with_tail=False)
    paragraphs = (_word_paragraph(each) for each in body.iter(f"{_WORD}p"))
    return _document(paragraphs, archive, "docProps/core.xml", limits)


def read_opendocument(archive: zipfile.ZipFile, limits: Limits) -> tuple[str, PageMetadata]:
    """Return the text of an OpenDocument text, and its particulars."""
    body = _xml(archive, "content.xml", limits)
    etree.strip_elements(body, *_DROPPED, with_tail=False)
    for gap in body.iter(f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
        gap.tail = ("\n" if gap.tag.endswith("break") else " ") + (gap.tail or "")
    paragraphs = (
        "".join(map(str, each.itertext())) for each in body.iter(f"{_TEXT}p", f"{_TEXT}h")
    )
    return _document(paragraphs, archive, "meta.xml", limits)


def read_epub(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Chapter]:
    """Yield the chapters of an EPUB in reading order."""
    container = _xml(archive, "META-INF/container.xml", limits)
    roots = [each.get("full-path") for each in container.iter("{*}rootfile")]
    if not roots or not roots[0]:
        raise PageError("damaged", "an EPUB without a list of its chapters; save it again")
    package = _xml(archive, roots[0], limits)
    items = {
        each.get("id"): each
        for each in package.iter("{*}item")
        if each.get("media-type") in _CHAPTER
        and "nav" not in (each.get("properties") or "").split()
    }
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and item.get("href"):
            name = posixpath.normpath(
                posixpath.join(posixpath.dirname(roots[0]), unquote(item.get("href")))
            )
            yield Chapter(name=name, data=_member(archive, name, limits))


def _document(
    paragraphs: Iterator[str], archive: zipfile.ZipFile, core: str, limits: Limits
) -> tuple[str, PageMetadata]:
    lines = (" ".join(line.split()) for text in paragraphs for line in text.split("\n"))
    text = tidy("\n\n".join(line for line in lines if line))
    if not any(char.isalnum() for char in text):
        raise PageError("empty", "contains no text; save it again or leave it out")
    about: Any = None
    if core in archive.namelist():
        about = _xml(archive, core, limits).find(".//{http://purl.org/dc/elements/1.1/}creator")
    writer = " ".join((about.text or "").split()) if about is not None else ""
    return text, PageMetadata(authors=(writer,) if writer in text and writer else ())


def _word_paragraph(paragraph: "etree._Element") -> str:
    pieces = []
    for element in paragraph.iter(
        f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}noBreakHyphen"
    ):
        if next(element.iterancestors(f"{_WORD}p")) is not paragraph:
            continue  # of a text box that is anchored here, and read by itself
        name = etree.QName(element).localname
        pieces.append({"t": element.text or "", "tab": " ", "br": "\n"}.get(name, "-"))
    return "".join(pieces)


def _xml(archive: zipfile.ZipFile, name: str, limits: Limits) -> "etree._Element":
    data = _member(archive, name, limits)
    try:
        return parsed(source(data, "documents"))
    except (etree.LxmlError, ValueError) as error:
        raise PageError("damaged", f"its {name} is broken ({error}); save it again") from error


def _member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    try:
        with archive.open(name) as file:
            data = file.read(limits.page_bytes + 1)
    except KeyError as error:
        raise PageError("damaged", f"{name} is missing in it; save it again") from error
    if len(data) > limits.page_bytes:
        raise PageError(
            "too-large", f"its {name} unpacks to more than {counted(limits.page_bytes, 'byte')}"
        )
    return data
