"""One file's bytes to its pages: archives are opened, and each file in them is read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from loader.pages.decoding import decode
from loader.pages.documents import (
    is_epub,
    is_opendocument,
    is_word,
    read_epub,
    read_opendocument,
    read_word,
)
from loader.pages.page import Limits, Page, PageError, SkippedPage
from loader.pages.single import html_page, read_lines, read_single
from loader.pages.sniffing import is_html
from loader.pages.source import Source, page_of
from loader.pages.streams import GZIP_MAGIC, BoundedReader, read_page, unpacked
from loader.pages.warc import Damage, read_warc
from queries.counts import counted

_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_HEAD = 4_096
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")


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
    elif _is_lines(head, suffixes[-1:]):
        yield from read_lines(source, stream, limits)
    else:
        yield from read_single(source, stream, head, "".join(suffixes[-1:]), limits)


def _is_lines(head: bytes, suffix: list[str]) -> bool:
    """Tell a file of one JSON object a line."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    named = bool(_LINES_SUFFIXES.intersection(suffix))
    return (named and not is_html(head)) or (start.startswith(b'{"') and b"}\n{" in head)


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
                text = decode(item.data, limits)
                yield page_of(
                    source, item.data, text.text, at=at, url=item.url, warnings=text.warnings
                )
            else:
                yield html_page(source, item.data, item.charset, item.url, limits, at)
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
    names = {member.filename for member in members}
    if is_word(names) or is_opendocument(names) or is_epub(names):
        yield from _document(source, archive, names, stream, limits)
        return
    if names.intersection(_OFFICE):
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
        except _ZIP_ERRORS as error:
            what = "is encrypted" if member.flag_bits & 1 else f"cannot be unpacked ({error})"
            yield inner.skip(PageError("damaged", f"{what}; create the archive again"))


def _document(
    source: Source, archive: zipfile.ZipFile, names: set[str], stream: BinaryIO, limits: Limits
) -> Iterator[Page | SkippedPage]:
    try:
        if is_word(names) or is_opendocument(names):
            read = read_word if is_word(names) else read_opendocument
            text, metadata = read(archive, limits)
            stream.seek(0)
            data = read_page(stream, limits)
            yield page_of(source, data, text, media_type="application/zip", metadata=metadata)
            return
        for chapter in read_epub(archive, limits):
            inner = source.inner(chapter.name)
            try:
                yield html_page(inner, chapter.data, None, None, limits)
            except PageError as error:
                if error.reason != "empty":  # covers and title pages have no text
                    yield inner.skip(error)
    except _ZIP_ERRORS as error:
        raise PageError("damaged", f"it cannot be unpacked ({error}); save it again") from error


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
