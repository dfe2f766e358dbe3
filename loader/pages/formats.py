"""One file's bytes to its pages: which format it is, and the reader for it.

The format is told from the first bytes, and from the name only where those leave it open.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO

from loader.pages.decoding import decode, decode_html
from loader.pages.feeds import read_feed
from loader.pages.html import read_html
from loader.pages.json_records import read_record
from loader.pages.page import Limits, Page, PageError, SkippedPage
from loader.pages.sniffing import is_feed, is_html, is_xml
from loader.pages.streams import GZIP_MAGIC, BoundedReader, lines, read_page, unpacked
from loader.pages.warc import Damage, read_warc
from queries.counts import counted

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_HEAD = 4_096
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something to read: its names (see ``Page``), its depth in archives, its size if known.

    ``url``, ``media_type`` and ``charset`` are what a server said of a page that was downloaded.
    """

    name: str
    location: str
    depth: int = 0
    size: int | None = None
    url: str | None = None
    media_type: str | None = None
    charset: str | None = None

    def inner(self, member: str, size: int | None = None) -> "Source":
        """Return the source of a member of this archive."""
        return Source(
            name=f"{self.name}/{member}",
            location=f"{self.location}/{member}",
            depth=self.depth + 1,
            size=size,
        )

    def skip(self, error: PageError, at: str = "") -> SkippedPage:
        """Return the report of a page that could not be read; ``at`` is its place in this one."""
        return SkippedPage(
            name=self.name + at,
            location=self.location + at,
            reason=error.reason,
            message=f"{self.location}{at}: {error}",
        )


def read_source(
    source: Source, stream: io.BufferedReader, limits: Limits
) -> Iterator[Page | SkippedPage]:
    """Yield the pages of one file or archive member; what cannot be read is yielded as skipped."""
    try:
        yield from _dispatch(source, stream, limits)
    except PageError as error:
        yield source.skip(error)
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        yield source.skip(PageError("unreadable", f"cannot be read ({reason}); check the disk"))


def _dispatch(
    source: Source, stream: io.BufferedReader, limits: Limits
) -> Iterator[Page | SkippedPage]:
    head = stream.peek(_HEAD)[:_HEAD]
    suffixes = [suffix.casefold() for suffix in PurePosixPath(source.name).suffixes]
    if source.depth > limits.depth:
        raise PageError(
            "too-large", f"archives nested more than {limits.depth} deep; unpack them by hand"
        )
    if head.startswith(b"WARC/") or (".warc" in suffixes and head.startswith(GZIP_MAGIC)):
        yield from _warc(source, stream, limits)
    elif head.startswith(GZIP_MAGIC):
        name = re.sub(r"\.gz$", "", source.name, flags=re.IGNORECASE)
        inner = replace(source, depth=source.depth + 1, name=name, size=None)
        for page in _dispatch(inner, unpacked(stream, source.size, limits), limits):
            yield replace(page, name=source.name + page.name.removeprefix(name))
    elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zip(source, stream, limits)
    elif _LINES_SUFFIXES.intersection(suffixes) or (head.startswith(b'{"') and b"\n{" in head):
        yield from _records(source, stream, limits)
    else:
        yield from _single(source, stream, head, suffixes, limits)


def _single(
    source: Source, stream: BinaryIO, head: bytes, suffixes: list[str], limits: Limits
) -> Iterator[Page | SkippedPage]:
    data = read_page(stream, limits)
    if is_feed(head):
        for number, entry in enumerate(read_feed(data), start=1):
            yield _page(
                source, entry.data, entry.text, at=f"#{number}", media_type="application/xml",
                url=entry.url, metadata=entry.metadata,
            )  # fmt: skip
    elif ".json" in suffixes or (head.lstrip().startswith(b'{"') and data.rstrip().endswith(b"}")):
        record = read_record(data, limits)
        yield _page(
            source, data, record.text, media_type="application/json",
            url=record.url or source.url, metadata=record.metadata,
        )  # fmt: skip
    elif _HTML_SUFFIXES.intersection(suffixes) or is_html(head) or source.media_type in _HTML_TYPES:
        yield _html(source, data, source.charset, source.url, limits)
    elif is_xml(head):
        raise PageError("binary", "XML that is not a feed, sitemap or page; save its text instead")
    else:
        yield _page(source, data, decode(data, limits), url=source.url)


def _html(
    source: Source, data: bytes, charset: str | None, url: str | None, limits: Limits, at: str = ""
) -> Page:
    found = read_html(decode_html(data, charset, limits), url)
    return _page(
        source, data, found.text, at=at, media_type="text/html", url=found.url,
        metadata=found.metadata,
    )  # fmt: skip


def _page(source: Source, data: bytes, text: str, *, at: str = "", **fields: object) -> Page:
    return Page(
        name=source.name + at,
        location=source.location + at,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        **fields,  # type: ignore[arg-type]
    )


def _records(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Page | SkippedPage]:
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
            yield _page(
                source, line.strip(), record.text, at=at, media_type="application/json",
                url=record.url, metadata=record.metadata,
            )  # fmt: skip


def _warc(
    source: Source, stream: io.BufferedReader, limits: Limits
) -> Iterator[Page | SkippedPage]:
    if not stream.seekable() or source.depth:
        raise PageError(
            "unreadable",
            "a web archive must be a file, not part of an archive or stream; unpack it first",
        )
    found = False
    for item in read_warc(stream, limits):
        found, at = True, f"#{item.number}"
        try:
            if isinstance(item, Damage):
                raise item.error
            if item.media_type == "text/plain":
                yield _page(source, item.data, decode(item.data, limits), at=at, url=item.url)
            else:
                yield _html(source, item.data, item.charset, item.url, limits, at)
        except PageError as error:
            yield source.skip(error, at)
    if not found:
        raise PageError("empty", "contains no HTML or text pages; is the archive complete?")


def _zip(source: Source, stream: io.BufferedReader, limits: Limits) -> Iterator[Page | SkippedPage]:
    if not stream.seekable():
        raise PageError(
            "unreadable", "a zip archive cannot be read from a stream; save it to a file first"
        )
    size = stream.seek(0, io.SEEK_END)
    budget = min(limits.archive_bytes, max(limits.page_bytes, limits.ratio * size))
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise PageError(
            "damaged", f"not a complete zip archive ({error}); create it again"
        ) from error
    members = archive.infolist()
    if len(members) > limits.archive_members:
        raise PageError(
            "too-large", f"contains more than {counted(limits.archive_members, 'file')}; split it"
        )
    if any(member.filename in _OFFICE for member in members):
        raise PageError("binary", "an office document or program, not pages; save it as text")
    for member in sorted(members, key=lambda each: each.filename):
        if member.is_dir() or _is_hidden(member.filename):
            continue
        inner = source.inner(member.filename, member.compress_size)
        if _escapes(member.filename):
            what = (
                f"the path of the member {member.filename!r} leads outside the archive; rename it"
            )
            yield source.skip(PageError("unsafe", what))
            continue
        message = f"unpacks to more than {counted(budget, 'byte')}; unpack it by hand"
        try:
            with archive.open(member) as packed:
                bounded = _Counted(packed, budget, message)
                yield from read_source(inner, io.BufferedReader(bounded), limits)
                budget -= bounded.seen
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            what = "is encrypted" if member.flag_bits & 1 else f"cannot be unpacked ({error})"
            yield inner.skip(PageError("damaged", f"{what}; create the archive again"))


class _Counted(BoundedReader):
    """A bounded reader that remembers how much came out of it."""

    def __init__(self, source: object, limit: int, message: str) -> None:
        super().__init__(source, max(limit, 0), message)  # type: ignore[arg-type]
        self.seen = 0

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        size = super().readinto(buffer)
        self.seen += size
        return size


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db"}
