"""Web archives: the HTML and text pages among a WARC file's records, one at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from loader.pages.page import Limits, PageError
from loader.pages.sniffing import is_html
from loader.pages.streams import GZIP_MAGIC, inflate
from queries.counts import counted

_KINDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_VAGUE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream",
                    "unknown/unknown", "application/unknown", "text/xml",
                    "application/xml"})  # fmt: skip
"""Types that servers give to what they do not know: the page's first bytes decide."""
_CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
_HEAD = 4_096
_CHUNK = 1 << 20
_MEMBER = GZIP_MAGIC + b"\x08"
_RECORD = b"\r\n\r\nWARC/1."
_MAX_FAILURES = 1_000
"""Places in a row where a record seems to start but none does, before an archive is given up."""


class _BrokenOffError(PageError):
    """A record is shorter than it says, so that the next one has to be searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page of an archive as its server sent it. ``number`` counts the archive's records."""

    number: int
    url: str | None
    media_type: str
    charset: str | None
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A record that cannot be read, and why."""

    number: int
    error: PageError


def read_warc(stream: BinaryIO, limits: Limits) -> Iterator[Capture | Damage]:
    """Yield the pages of a WARC file, plain or with each record packed by gzip.

    After a damaged record reading goes on with the next one that is whole; a damaged stretch is
    reported once. ``stream`` must be seekable for that.
    """
    stream.seek(0)
    marker = _MEMBER if stream.read(2) == GZIP_MAGIC else _RECORD
    start: int | None = 0
    number, failures = 0, 0
    while start is not None and failures < _MAX_FAILURES:
        stream.seek(start)
        position = start
        try:
            for record in ArchiveIterator(stream, record_types=_KINDS, auto_decode="none"):
                position = start + record.stream_pos
                number += 1
                try:
                    capture = _capture(record, number, limits)
                except _BrokenOffError as error:
                    yield Damage(number=number, error=error)
                    break
                except PageError as error:
                    yield Damage(number=number, error=error)
                    continue
                failures = 0
                if capture is not None:
                    yield capture
            else:
                return
        except OSError as error:
            if not failures:
                number += 1
                message = f"record cannot be unpacked ({error}); download the archive again"
                yield Damage(number=number, error=PageError("damaged", message))
            failures += 1
        start = _next(stream, position + 1, marker)


def _next(stream: BinaryIO, position: int, marker: bytes) -> int | None:
    """Return where the next record may start, at or after ``position``."""
    stream.seek(position)
    tail = b""
    while chunk := stream.read(_CHUNK):
        data = tail + chunk
        at = data.find(marker)
        if at >= 0:
            here = position - len(tail) + at
            return here + 4 if marker == _RECORD else here
        tail = data[-len(marker) + 1 :]
        position += len(chunk)
    return None


def _capture(record: Any, number: int, limits: Limits) -> Capture | None:
    """Return the page that a record holds, None if it holds something else."""
    headers = record.http_headers
    media_type, charset = "text/plain", None
    if headers is not None:
        if headers.status_code != 200:
            return None
        media_type = (record.http_content_type or "").casefold()
        charset = record.http_charset
    else:
        media_type = (record.headers.get("Content-Type") or "").split(";")[0].strip().casefold()
    if media_type not in _TYPES | _VAGUE:
        return None
    expected = record.content_length
    data = record.reader.read(limits.page_bytes + 1)
    if len(data) > limits.page_bytes:
        raise PageError("too-large", f"more than {counted(limits.page_bytes, 'byte')} for one page")
    if len(data) < expected:
        raise _BrokenOffError("damaged", "record is truncated; download the archive again")
    if headers is not None:
        if "chunked" in (headers.get("Transfer-Encoding") or ""):
            data = _dechunked(data)
        codings = (headers.get("Content-Encoding") or "").casefold().split(",")
        for coding in reversed([coding.strip() for coding in codings]):
            if coding in _CODINGS:
                data = inflate(data, coding, limits)
        if data.startswith(GZIP_MAGIC):
            data = inflate(data, "gzip", limits)
    if media_type in _VAGUE:
        if is_html(data[:_HEAD]):
            media_type = "text/html"
        elif media_type != "text/plain":
            return None
    return Capture(
        number=number,
        url=record.headers.get("WARC-Target-URI"),
        media_type=media_type,
        charset=charset,
        data=data,
    )


def _dechunked(data: bytes) -> bytes:
    """Undo HTTP chunking; what is not chunked although it says so is returned as it is."""
    parts: list[bytes] = []
    position = 0
    while found := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]*\r\n").match(data, position):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[found.end() : found.end() + size])
        position = found.end() + size + 2
    return b"".join(parts) if parts else data
