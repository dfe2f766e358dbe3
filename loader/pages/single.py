"""Files that are one page, or several in one format: the reader for each.

The kind is told from the first bytes, and from the name only where those leave it open.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from loader.pages.days import day
from loader.pages.decoding import decode, decode_html
from loader.pages.feeds import read_feed
from loader.pages.html import read_html
from loader.pages.json_records import read_record, read_records
from loader.pages.mail import is_mail, read_mails
from loader.pages.markdown import has_front_matter, read_markdown
from loader.pages.page import Limits, Page, PageError, PageMetadata, SkippedPage
from loader.pages.pdf import read_pdf
from loader.pages.sniffing import is_feed, is_html, is_json, is_xml
from loader.pages.source import Source, page_of
from loader.pages.streams import lines, read_page
from queries.counts import counted

_HEAD_PARTS = re.compile(r"\s*[•|·–—]\s*|\s{3,}")
_TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
_CODE_SUFFIXES = frozenset(
    {".js", ".css", ".sql", ".ics", ".vcf", ".yaml", ".yml", ".toml", ".ini"}
)
_NOTE_SUFFIXES = frozenset({".md", ".markdown", ".mdown"})
_MAIL_SUFFIXES = frozenset({".eml", ".mbox", ".mht", ".mhtml"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})


def read_single(
    source: Source, stream: BinaryIO, head: bytes, suffix: str, limits: Limits
) -> Iterator[Page | SkippedPage]:
    """Yield the pages of one file that is no archive; ``head`` is how it starts.

    Raises:
        PageError: it cannot be read, or is no page.
    """
    data = read_page(stream, limits)
    if head.startswith(b"%PDF"):
        text, metadata = read_pdf(data)
        yield page_of(source, data, text, media_type="application/pdf", metadata=metadata)
    elif is_feed(head):
        for number, entry in enumerate(read_feed(data), start=1):
            yield page_of(
                source, entry.data, entry.text, at=f"#{number}", media_type="application/xml",
                url=entry.url, metadata=entry.metadata, warnings=entry.warnings,
            )  # fmt: skip
    elif is_html(head):
        yield html_page(source, data, source.charset, source.url, limits)
    elif is_mail(head) or suffix in _MAIL_SUFFIXES:
        yield from _mails(source, data, limits)
    elif suffix == ".json" or is_json(data):
        yield from _json(source, data, limits)
    elif suffix in _HTML_SUFFIXES or source.media_type in _HTML_TYPES:
        yield html_page(source, data, source.charset, source.url, limits)
    elif is_xml(head):
        raise PageError("binary", "XML that is not a feed, sitemap or page; save its text instead")
    elif suffix in _TABLE_SUFFIXES:
        raise PageError("binary", "a table, not a page; save each text as a page of its own")
    elif suffix in _CODE_SUFFIXES:
        raise PageError("binary", f"a {suffix} file, not a page; leave it out")
    else:
        yield from _text(source, data, suffix, limits)


def _text(source: Source, data: bytes, suffix: str, limits: Limits) -> Iterator[Page]:
    found = decode(data, limits)
    if suffix in _NOTE_SUFFIXES or has_front_matter(found.text):
        note = read_markdown(found.text)
        yield page_of(
            source, data, note.text, media_type="text/markdown", metadata=note.metadata,
            warnings=found.warnings,
        )  # fmt: skip
    else:
        parts = (part for head in found.heads for part in _HEAD_PARTS.split(head))
        printed = next(filter(None, map(day, parts)), None)
        yield page_of(
            source, data, found.text, url=source.url, warnings=found.warnings,
            metadata=PageMetadata(published=printed) if printed else None,
        )  # fmt: skip


def _json(source: Source, data: bytes, limits: Limits) -> Iterator[Page | SkippedPage]:
    found = list(read_records(data, limits))
    for number, (part, record) in enumerate(found, start=1):
        at = f"#{number}" if len(found) > 1 or part is not data else ""
        if isinstance(record, PageError):
            yield source.skip(record, at)
        else:
            yield page_of(
                source, part, record.text, at=at, media_type="application/json",
                url=record.url or source.url, metadata=record.metadata,
            )  # fmt: skip


def _mails(source: Source, data: bytes, limits: Limits) -> Iterator[Page | SkippedPage]:
    found = list(read_mails(data, limits))
    for number, mail in enumerate(found, start=1):
        at = f"#{number}" if len(found) > 1 else ""
        if isinstance(mail, PageError):
            yield source.skip(mail, at)
        else:
            yield page_of(
                source, mail.data, mail.text, at=at,
                media_type="text/html" if mail.html else "message/rfc822", url=mail.url,
                metadata=mail.metadata, warnings=mail.warnings,
            )  # fmt: skip


def html_page(
    source: Source, data: bytes, charset: str | None, url: str | None, limits: Limits, at: str = ""
) -> Page:
    """Return an HTML page; ``charset`` and ``url`` are what its server says of it."""
    decoded = decode_html(data, charset, limits)
    found = read_html(decoded.text, url)
    return page_of(
        source, data, found.text, at=at, media_type="text/html", url=found.url,
        metadata=found.metadata, warnings=decoded.warnings,
    )  # fmt: skip


def read_lines(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Page | SkippedPage]:
    """Yield the pages of a file of one JSON object a line."""
    for number, line in enumerate(lines(stream, limits), start=1):
        at = f"#{number}"
        if line is None:
            message = (
                f"a line of more than {counted(limits.page_bytes, 'byte')}; write one page per line"
            )
            yield source.skip(PageError("too-large", message), at)
        elif line.strip():
            try:
                record = read_record(line, limits)
            except PageError as error:
                yield source.skip(error, at)
                continue
            yield page_of(
                source, line.strip(), record.text, at=at, media_type="application/json",
                url=record.url, metadata=record.metadata,
            )  # fmt: skip
