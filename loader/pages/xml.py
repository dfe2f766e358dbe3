"""XML of unknown origin: decoded here, so that what is looked at is what is parsed.

Documents that declare entities are refused: no format that is read needs them, and they are how
XML attacks its reader. A parser that decodes by itself would see declarations that a look at the
bytes does not: in UTF-16, UTF-32, UTF-7 or EBCDIC.
"""

import codecs
import re

from lxml import etree

from loader.pages.page import PageError

_ENTITY = re.compile(r"<!\s*(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"[^<]{0,1000}<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE
)
_BEGINNINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How XML begins by its encoding (https://www.w3.org/TR/xml/#sec-guessing), the longer first."""
_BYTEWISE = "newsgraph.bytewise"


def source(data: bytes, what: str, *, lenient: bool = False) -> bytes:
    """``data`` as UTF-8, known to declare no entities.

    Args:
        data: a document in any encoding.
        what: what it is, in the plural, for the message.
        lenient: read bytes that are not of the encoding as windows-1252.

    Raises:
        PageError: it declares entities, or names an encoding that nobody knows.
        UnicodeDecodeError: it is not of its encoding.
    """
    text = data.decode(_encoding(data), _BYTEWISE if lenient else "strict")
    if _ENTITY.search(text):
        raise PageError(
            "unsafe",
            f"declares XML entities, which {what} do not need; remove them, or save it again",
        )
    return text.encode("utf-8", "replace")


def parsed(utf8: bytes, *, recover: bool = False) -> "etree._Element":
    """The root of what :func:`source` gives, whatever encoding it says it has.

    Raises:
        lxml.etree.LxmlError: it is not well-formed, and not to be recovered.
        ValueError: it is empty.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
    )
    return etree.fromstring(utf8, parser)


def encoding_begun(data: bytes) -> str | None:
    """The encoding that the first bytes of markup show; None where only a declaration can."""
    return next((name for beginning, name in _BEGINNINGS if data.startswith(beginning)), None)


def _encoding(data: bytes) -> str:
    if begun := encoding_begun(data):
        return begun
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii", "replace")
    try:
        found = codecs.lookup(name)
        b"".decode(found.name)  # not all of Python's codecs are of text
    except (LookupError, ValueError) as error:
        raise PageError("encoding", f"names the unknown encoding {name!r}; save it as UTF-8") from (
            error
        )
    # Where the declaration can be read byte by byte, the rest has no wider characters.
    return "utf-8" if found.name.startswith(("utf-16", "utf-32")) else found.name


def _bytewise(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_BYTEWISE, _bytewise)
