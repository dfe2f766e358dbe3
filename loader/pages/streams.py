"""Bytes in bounded portions: what unpacks is counted, and stopped where it passes a limit."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import brotli
import zstandard

from loader.pages.page import Limits, PageError
from queries.counts import counted

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16


class BoundedReader(io.RawIOBase):
    """A raw stream that raises ``PageError`` once more than ``limit`` bytes were read from it."""

    def __init__(self, source: BinaryIO, limit: int, message: str) -> None:
        super().__init__()
        self._source, self._left, self._message = source, limit, message

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill ``buffer``; damaged compression comes out as a ``PageError``."""
        try:
            data = self._source.read(min(len(buffer), _CHUNK))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise PageError(
                "damaged",
                f"its compressed data is damaged ({error}); download or compress it again",
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise PageError("too-large", self._message)
        buffer[: len(data)] = data
        return len(data)


def unpacked(stream: BinaryIO, size: int | None, limits: Limits) -> io.BufferedReader:
    """Return the unpacked form of a gzip stream of ``size`` bytes, bounded by ``limits``."""
    bound = limits.archive_bytes
    if size is not None:
        bound = min(bound, max(limits.page_bytes, limits.ratio * size))
    message = f"unpacks to more than {counted(bound, 'byte')}; unpack it by hand"
    packed = gzip.GzipFile(fileobj=stream, mode="rb")
    return io.BufferedReader(BoundedReader(packed, bound, message), _CHUNK)  # type: ignore[arg-type]


def read_page(stream: BinaryIO, limits: Limits) -> bytes:
    """Return the rest of ``stream``, or raise ``PageError`` if it is more than a page may be."""
    parts, size = [], 0
    while data := stream.read(_CHUNK):
        size += len(data)
        if size > limits.page_bytes:
            raise PageError(
                "too-large",
                f"more than {counted(limits.page_bytes, 'byte')} for one page; split it",
            )
        parts.append(data)
    return b"".join(parts)


def lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes | None]:
    """Yield the lines of ``stream``; None stands for one that is longer than a page may be."""
    limit = limits.page_bytes
    while line := stream.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def inflate(data: bytes, coding: str, limits: Limits) -> bytes:
    """Undo one coding of an HTTP body, at most to the size of a page.

    Servers name codings that they did not apply: a body that is not packed is returned as it is.

    Raises:
        PageError: it unpacks to more than a page may be, or breaks off.
    """
    unpack = {"br": _unbrotli, "zstd": _unzstd}.get(coding, _ungzip)
    text = unpack(data, limits.page_bytes + 1)
    if text is None:
        if data[:2] == GZIP_MAGIC or b"<" not in data[:_CHUNK]:
            raise PageError("damaged", "its compressed body is damaged; download it again")
        return data
    if len(text) > limits.page_bytes:
        raise PageError("too-large", f"unpacks to more than {counted(limits.page_bytes, 'byte')}")
    return text


def _ungzip(data: bytes, bound: int) -> bytes | None:
    for wbits in (47, -15):
        try:
            return zlib.decompressobj(wbits).decompress(data, bound)
        except zlib.error:
            continue
    return None


def _unbrotli(data: bytes, bound: int) -> bytes | None:
    unpacker = brotli.Decompressor()
    try:
        parts = [unpacker.process(data, output_buffer_limit=bound)]
        while sum(map(len, parts)) < bound and not unpacker.can_accept_more_data():
            parts.append(unpacker.process(b"", output_buffer_limit=bound))
    except brotli.error:
        return None
    return b"".join(parts)


def _unzstd(data: bytes, bound: int) -> bytes | None:
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data) as reader:
            return bytes(reader.read(bound))
    except zstandard.ZstdError:
        return None
