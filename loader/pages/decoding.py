"""Bytes to text as browsers do it: what the page says, else what it turns out to be."""

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace

from loader.pages.fragments import unescaped
from loader.pages.page import Limits, PageError
from loader.pages.wrapping import joined, running_heads
from queries.counts import counted

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image", "only text is supported"),
    (b"\xff\xd8\xff", "a JPEG image", "only text is supported"),
    (b"GIF8", "a GIF image", "only text is supported"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as text"),
    (b"{\\rtf", "a rich text document", "save it as text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it, or pack it as zip"),
    (b"BZh", "a bzip2 archive", "unpack it, or pack it as gzip"),
    (b"\xfd7zXZ", "an xz archive", "unpack it, or pack it as gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it, or pack it as gzip"),
    (b"\x7fELF", "a program", "only text is supported"),
    (b"MZ\x90", "a program", "only text is supported"),
    (b"OggS", "a sound or film", "only text is supported"),
    (b"ID3", "a sound", "only text is supported"),
    (b"SQLite format 3", "a database", "only text is supported"),
    (b"Rar!", "a RAR archive", "unpack it, or pack it as zip"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PROLOGUE = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)

_AS_BROWSERS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949",
    "shift_jis": "cp932", "big5": "big5hkscs", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8", "utf-7": "utf-8",
}  # fmt: skip
"""Labels that mean something wider in browsers (https://encoding.spec.whatwg.org/#names-and-labels)."""
_GUESSES = ("cp1252", "mac_roman", "gb18030", "cp932", "cp437")
_USUAL = frozenset("“”‘’–—…•éèêëáàâäãåçñóòôöõøúùûüíìîïæœßÉÖÜÄÅØÆÇÑ£€°½©®™·«» \xa0")
_LETTERS = frozenset(chr(point) for point in range(0xC0, 0x250))
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    "|(?<![\u0600-\u0dff])\u200c"
)
"""What no reader sees: control characters but those between lines, marks of direction, joints."""
_BYTES = {bytes([byte]).decode("cp1252"): chr(byte) for byte in range(0x80, 0xA0)
          if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}}  # fmt: skip
_MOJIBAKE = re.compile("â€[œ\x9d™˜“”¦\x9c\x99\x98\x93\x94]|â€|Ã[\x80-\xbf©¨¶¼¤¡³±§]|Â[\xa0£©®°]")
_MOJIBAKE_RUN = re.compile("[ÂÃâ][" + "".join(_BYTES) + "\x80-\xbf]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a page, and what was wrong with its bytes."""

    text: str
    warnings: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    """Lines of a printed page's head, which are no part of the text."""


def decode(data: bytes, limits: Limits) -> Decoded:
    """Return the text of a plain page; its byte order mark is no part of it."""
    found = decode_bytes(data, None)
    text = tidy(unescaped(found.text))
    return replace(found, text=_checked(joined(text), limits), heads=running_heads(text))


def decode_html(data: bytes, charset: str | None, limits: Limits) -> Decoded:
    """Return the source of an HTML page as browsers read it.

    The encoding is that of a byte order mark, else the one that the server (``charset``), a meta
    tag or an XML declaration names, else it is found out.
    """
    found = decode_bytes(data, charset or _declared(data))
    return replace(
        found, text=_checked(tidy(found.text.replace("\x00", " ")), limits, any_line=True)
    )


def decode_bytes(data: bytes, label: str | None) -> Decoded:
    """Return ``data`` as text, in the encoding that ``label`` names if it is of that encoding.

    A byte that belongs to no character comes out as U+FFFD with a warning.

    Raises:
        PageError: it is binary data, or not of the encoding that its byte order mark names.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(text=data[len(mark) :].decode(encoding))
            except UnicodeDecodeError as error:
                raise PageError(
                    "encoding",
                    f"marked as {encoding.upper()}, but is not valid {encoding.upper()} (byte "
                    f"{error.start}); save it as UTF-8",
                ) from error
    for magic, what, cure in _MAGIC:
        if data.startswith(magic):
            raise PageError("binary", f"{what}, not a page; {cure}")
    if len(_CONTROL.findall(data[:4_096])) > 4:
        raise PageError("binary", "binary data, not a page; only text is supported")
    named = _codec(label)
    for encoding in dict.fromkeys(filter(None, ("utf-8", named))):
        try:
            return _without_mojibake(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if named in {None, "utf-8"}:
        named = _likeliest(data)
    text = data.decode(named or "utf-8", "replace")
    bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    what = f"not UTF-8 and read as {named}" if named != "utf-8" else "not UTF-8 throughout"
    spoilt = f"; {counted(bad, 'byte is', 'bytes are')} lost" if bad > 0 else ""
    return Decoded(text=text, warnings=(f"{what}{spoilt}",))


def tidy(text: str) -> str:
    """Return ``text`` without characters that nobody sees, and its accents composed (NFC)."""
    seen = _UNSEEN.sub("", text)
    return seen if seen.isascii() else unicodedata.normalize("NFC", seen)


def _codec(label: str | None) -> str | None:
    """Return Python's codec for a label as the WHATWG Encoding Standard reads it, None for none."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().casefold()).name
    except (LookupError, ValueError):
        return None
    return _AS_BROWSERS.get(name, name)


def _likeliest(data: bytes) -> str:
    """Return the encoding of bytes that are not UTF-8 and do not say what they are.

    A page with a slip in it is still UTF-8. English has few characters outside ASCII, and most of
    them are quotation marks, dashes and accents: the encoding that makes the most of those wins.
    """
    text = data.decode("utf-8", "ignore")
    whole = sum(not char.isascii() for char in text)
    lost = sum(byte >= 0x80 for byte in data) - sum(
        len(char.encode()) for char in text if char > "\x7f"
    )
    if whole > lost:
        return "utf-8"
    sample = data[:200_000]

    def fitness(encoding: str) -> float:
        text = sample.decode(encoding, "replace")
        special = [char for char in text if char > "\x7f"]
        return sum(2 if char in _USUAL else -2 if char not in _LETTERS else 1 for char in special)

    return max(_GUESSES, key=fitness)


def _without_mojibake(text: str) -> Decoded:
    """Undo UTF-8 that was once read as windows-1252 and saved ("â€œ"), where all of it can be."""
    if len(_MOJIBAKE.findall(text)) < 2:
        return Decoded(text=text)
    mended = _MOJIBAKE_RUN.sub(_mended, text)
    if mended == text:
        return Decoded(text=text)
    return Decoded(text=mended, warnings=("UTF-8 that was read as windows-1252 and saved; undone",))


def _mended(found: re.Match[str]) -> str:
    try:
        return (
            "".join(_BYTES.get(char) or char for char in found[0]).encode("latin-1").decode("utf-8")
        )
    except (UnicodeEncodeError, UnicodeDecodeError):
        return found[0]


def _declared(data: bytes) -> str | None:
    head = data[:4_096]
    found = _CHARSET.search(head) or _PROLOGUE.match(head)
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
