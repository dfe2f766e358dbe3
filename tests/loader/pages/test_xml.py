"""A document that declares entities is refused in whatever encoding it does so."""

import base64
import codecs
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from loader.pages import Page, SkippedPage, read
from loader.pages.documents import read_word
from loader.pages.feeds import read_feed
from loader.pages.page import Limits, PageError

THIEF = '<!DOCTYPE {0} [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
FEED = "<rss><channel><item><title>Dam &x; held</title></item></channel></rss>"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>The dam held.</w:t></w:r></w:p>'
BODY += "</w:body></w:document>"
ENCODINGS: list[tuple[str, Callable[[str], bytes]]] = [
    ("", lambda text: text.encode()),
    ("UTF-8", lambda text: codecs.BOM_UTF8 + text.encode()),
    ("UTF-16", lambda text: text.encode("utf-16")),
    ("UTF-16", lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be")),
    ("UTF-16LE", lambda text: text.encode("utf-16-le")),
    ("UTF-16BE", lambda text: text.encode("utf-16-be")),
    ("UTF-32", lambda text: text.encode("utf-32")),
    ("UCS-4", lambda text: text.encode("utf-32-be")),
    ("UTF-7", lambda text: b"".join([text[:38].encode(), _utf7(text[38:])])),
    ("IBM037", lambda text: text.encode("cp037")),
    ("windows-1252", lambda text: text.encode("cp1252")),
    ("Shift_JIS", lambda text: text.encode("shift_jis")),
]


def _utf7(text: str) -> bytes:
    def written(char: str) -> bytes:
        if char not in "<!":
            return char.encode()
        return b"+" + base64.b64encode(char.encode("utf-16-be")).rstrip(b"=") + b"-"

    return b"".join(map(written, text))


@pytest.mark.parametrize(("name", "encode"), ENCODINGS)
def test_entities_are_seen_in_every_encoding(name: str, encode: Callable[[str], bytes]) -> None:
    declared = f' encoding="{name}"' if name else ""

    def document(body: str, doctype: str) -> bytes:
        return encode(f'<?xml version="1.0"{declared}?>{doctype}{body}')

    thief = THIEF.format("rss")
    with pytest.raises(PageError) as refused:
        list(read_feed(document(FEED, thief)))
    assert refused.value.reason == "unsafe"
    with pytest.raises(PageError) as refused:
        read_word(_archive(document(BODY, THIEF.format("w:document"))), Limits())
    assert refused.value.reason == "unsafe"
    harmless = FEED.replace("&x;", "walls")
    (entry,) = read_feed(document(harmless, ""))
    assert entry.text == "Dam walls held"


def _archive(document: bytes) -> zipfile.ZipFile:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", document)
    return zipfile.ZipFile(made)


@pytest.mark.parametrize(
    ("name", "encode"), [one for one in ENCODINGS if one[0][:6] in ("UTF-8", "UTF-16", "UTF-32")]
)
def test_a_file_is_known_as_a_feed_in_whatever_encoding(
    tmp_path: Path, name: str, encode: Callable[[str], bytes]
) -> None:
    text = "<p>The dam above the town has held, said the engineers who looked at it on Monday.</p>"
    item = f"<item><title>Dam held</title><description><![CDATA[{text}]]></description></item>"
    declared = f'<?xml version="1.0" encoding="{name}"?>\n<rss><channel>{item}</channel></rss>'
    (tmp_path / "a.xml").write_bytes(encode(declared))
    (tmp_path / "b.xml").write_bytes(
        encode(declared.replace("<rss>", f"{THIEF.format('rss')}<rss>"))
    )
    feed, thief = read([tmp_path])
    assert isinstance(feed, Page)
    assert feed.media_type == "application/xml"
    assert "<" not in feed.text
    assert isinstance(thief, SkippedPage)
    assert thief.reason == "unsafe"
