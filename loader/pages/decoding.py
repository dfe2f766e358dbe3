"""Bytes to text: UTF-8, or UTF-16 that says so; everything else with the cure."""

import codecs
import re
import unicodedata

from loader.pages.page import Limits, PageError
from queries.counts import counted

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF file", "save its text, for example with pdftotext"),
    (b"\x89PNG", "a PNG image", "only text is supported"),
    (b"\xff\xd8\xff", "a JPEG image", "only text is supported"),
    (b"GIF8", "a GIF image", "only text is supported"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as text"),
    (b"{\\rtf", "a rich text document", "save it as text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it, or pack it as zip"),
    (b"BZh", "a bzip2 archive", "unpack it, or pack it as gzip"),
    (b"\xfd7zXZ", "an xz archive", "unpack it, or pack it as gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it, or pack it as gzip"),
    (b"Rar!", "a RAR archive", "unpack it, or pack it as zip"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


def decode(data: bytes, limits: Limits) -> str:
    """Return the text of a plain page; its byte order mark is no part of it."""
    return _checked(_decoded(data), limits)


def decode_html(data: bytes, charset: str | None, limits: Limits) -> str:
    """Return the source of an HTML page: UTF-8, else in the charset that it or its server names."""
    try:
        text = _decoded(data)
    except PageError as error:
        named = charset or _declared(data)
        if error.reason != "encoding" or not named:
            raise
        try:
            text = data.decode(named)
        except (LookupError, UnicodeDecodeError, ValueError):
            raise error from None
    if "\x00" in text:
        text = text.replace("\x00", " ")
    return _checked(text, limits, any_line=True)


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise PageError(
                    "encoding",
                    f"marked as {encoding.upper()}, but is not valid {encoding.upper()} (byte "
                    f"{error.start}); save it as UTF-8",
                ) from error
    for magic, what, cure in _MAGIC:
        if data.startswith(magic):
            raise PageError("binary", f"{what}, not a page; {cure}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(_CONTROL.findall(data[:4_096])) > 4:
            raise PageError("binary", "binary data, not a page; only text is supported") from error
        raise PageError(
            "encoding",
            f"not UTF-8 (byte 0x{data[error.start]:02x} at {error.start}); convert it, for "
            "example with: iconv -f WINDOWS-1252 -t UTF-8",
        ) from error
    if len(_CONTROL.findall(data[:4_096])) > 4:
        raise PageError("binary", "binary data, not a page; only text is supported")
    return text


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4_096])
    return found[1].decode("ascii", "replace") if found else None


def _checked(text: str, limits: Limits, *, any_line: bool = False) -> str:
    if not any(char.isalnum() or unicodedata.category(char)[0] == "S" for char in text[:100_000]):
        if not text.strip():
            raise PageError("empty", "contains no text; save it again or leave it out")
        if not any(char.isalnum() for char in text):
            raise PageError("empty", "contains no words; save it again or leave it out")
    if not any_line:
        longest = max(map(len, re.split(r"[\r\n]", text)))
        if longest > limits.line_chars:
            raise PageError(
                "too-large",
                f"has a line of {counted(longest, 'character')}, but at most"
                f" {counted(limits.line_chars, 'is', 'are')} allowed; is it data rather than"
                " prose?",
            )
    return text
