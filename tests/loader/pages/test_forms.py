# ruff: noqa: E501 - an entry or a field stands on a line of its own
"""Feeds, JSON, web archives, mail and documents: each entry or message a page with its particulars."""

import gzip
import io
import json
import zipfile
import zlib
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import brotli
import pytest
import zstandard

from loader.articles import split
from loader.pages import Page, SkippedPage, read

TITLE = "Salt mine to be flooded for good"
SAID = "“The pumps are older than I am,” said Orla Venn, who has kept them for thirty years. “They may rest now.”"
MORE = "The village of Nether Combe fears for its spring, and has asked the mine for a second opinion before the water rises."
DAY = date(2020, 2, 29)


def pages(data: bytes, name: str, tmp_path: Path) -> list[Page | SkippedPage]:
    (tmp_path / name).write_bytes(data)
    return list(read([tmp_path / name]))


def page_of(data: bytes | str, name: str, tmp_path: Path) -> Page:
    (page,) = pages(data.encode() if isinstance(data, str) else data, name, tmp_path)
    assert isinstance(page, Page), page
    return page


def about(page: Page) -> tuple[str | None, list[str], date | None, str | None]:
    (article,) = split(page)
    return (
        article.title,
        [byline.name for byline in article.bylines],
        article.published,
        article.outlet,
    )


def rss(item: str, channel: str = "<title>Combe Courier</title>") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>'
        f"{channel}<item><title>{TITLE}</title><link>https://combe.example/1</link>{item}</item></channel></rss>"
    )


def atom(entry: str, feed: str = "<title>Combe Courier</title>") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://combe.example/">{feed}<entry><title>{TITLE}</title>'
        f'<link rel="alternate" href="mine/flooded"/><published>2020-02-29T08:00:00Z</published>{entry}</entry></feed>'
    )


@pytest.mark.parametrize(
    "item",
    [
        f"<description>{SAID}</description><media:description>{'Grey pumps by a shaft, seen from above. ' * 9}</media:description>",
        f"<description>{SAID}</description><media:group><media:content url='x'/><media:text>{MORE * 4}</media:text></media:group>",
        f"<description>{SAID}</description><media:credit>Photograph: Bo Lens</media:credit><itunes:summary>{MORE * 4}</itunes:summary>",
        f"<description>Pumps.</description><content:encoded><![CDATA[<p>{SAID}</p><p>{MORE}</p>]]></content:encoded>",
    ],
)
def test_the_text_of_an_entry_is_not_that_of_its_picture(tmp_path: Path, item: str) -> None:
    page = page_of(rss(item), "feed.xml", tmp_path)
    assert SAID in page.text
    assert "Grey pumps" not in page.text
    assert "Bo Lens" not in page.text


@pytest.mark.parametrize(
    ("item", "channel", "authors"),
    [
        ("<author>orla@combe.example (Ruth Ames)</author>", "", ["Ruth Ames"]),
        ("<author>Ruth Ames &lt;ruth@combe.example&gt;</author>", "", ["Ruth Ames"]),
        ("<author>desk@combe.example</author>", "", []),
        ("<dc:creator>Ruth Ames, Mining Correspondent</dc:creator>", "", ["Ruth Ames"]),
        (
            "<dc:creator><![CDATA[Ruth Ames and Pia Dorn]]></dc:creator>",
            "",
            ["Ruth Ames", "Pia Dorn"],
        ),
        ("<dc:creator>Combe Courier</dc:creator>", "", []),
        ("<itunes:author>Ruth Ames</itunes:author>", "", ["Ruth Ames"]),
        ("", "<dc:creator>Ruth Ames</dc:creator>", ["Ruth Ames"]),
    ],
)
def test_authors_of_an_entry_are_people(
    tmp_path: Path, item: str, channel: str, authors: list[str]
) -> None:
    source = rss(
        f"{item}<description>{SAID}</description>", f"<title>Combe Courier</title>{channel}"
    )
    assert about(page_of(source, "feed.xml", tmp_path))[1] == authors


def test_an_atom_entry_takes_from_its_feed_what_it_lacks(tmp_path: Path) -> None:
    feed = "<title>Mines Weekly</title><author><name>Ruth Ames</name></author>"
    page = page_of(atom(f"<summary>{SAID}</summary>", feed), "feed.xml", tmp_path)
    assert about(page) == (TITLE, ["Ruth Ames"], DAY, "Mines Weekly")
    assert page.url == "https://combe.example/mine/flooded"


def test_an_entry_from_another_feed_is_of_that_outlet(tmp_path: Path) -> None:
    source = (
        "<source><id>tag:x</id><title>Combe Courier</title><updated>2019-01-01</updated></source>"
    )
    page = page_of(
        atom(
            f"{source}<content type='html'>&lt;p&gt;{SAID}&lt;/p&gt;</content>",
            "<title>Planet Mines</title>",
        ),
        "a.xml",
        tmp_path,
    )
    assert about(page) == (TITLE, [], DAY, "Combe Courier")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "\n\n  " + text,
        lambda text: "<!-- cached -->" + text,
        lambda text: text.replace("pumps", "pumps & pipes"),
        lambda text: text.replace("years", "years&nbsp;and a day &copy; Combe"),
        lambda text: text.replace("</rss>", ""),
        lambda text: text.replace("mine", "mine\x0b", 1),
        lambda text: "\ufeff" + text,
    ],
)
def test_a_feed_with_a_small_fault_is_read(tmp_path: Path, spoil: object) -> None:
    source = rss(
        f"<pubDate>Sat, 29 Feb 2020 10:00:00 +0100</pubDate><description>{SAID}</description>"
    )
    page = page_of(spoil(source), "feed.xml", tmp_path)  # type: ignore[operator]
    assert "Orla Venn" in page.text
    assert page.metadata is not None
    assert (page.metadata.outlet, page.metadata.published) == ("Combe Courier", DAY)


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1", "title": "Combe Courier",
    "items": [
        {"id": "1", "url": "https://combe.example/1", "title": TITLE, "content_html": f"<p>{SAID}</p>", "date_published": "2020-02-29T10:00:00Z", "author": {"name": "Ruth Ames"}},
        {"id": "2", "url": "https://combe.example/2", "title": "Spring runs dry", "content_text": MORE, "date_published": "2020-02-29T10:00:00Z", "authors": [{"name": "Ruth Ames"}]},
    ],
}  # fmt: skip


def test_each_item_of_a_json_feed_is_a_page(tmp_path: Path) -> None:
    first, second = pages(json.dumps(JSON_FEED).encode(), "feed.json", tmp_path)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.name, second.name) == ("feed.json#1", "feed.json#2")
    assert about(first) == (TITLE, ["Ruth Ames"], DAY, "Combe Courier")
    assert about(second)[0] == "Spring runs dry"
    assert (first.url, second.text.split("\n")[-1]) == ("https://combe.example/1", MORE)


POST = {
    "id": 3, "date": "2020-02-29T10:00:00", "modified": "2020-03-01T10:00:00", "link": "https://combe.example/3",
    "title": {"rendered": "Salt mine to be flooded &#8216;for good&#8217;"}, "excerpt": {"rendered": "<p>Pumps.</p>"},
    "content": {"rendered": f"<p>{SAID}</p>\n<p>{MORE}</p>"}, "author": 17,
}  # fmt: skip


@pytest.mark.parametrize("posts", [POST, [POST], [POST, POST]])
def test_posts_of_wordpress_are_pages(tmp_path: Path, posts: object) -> None:
    found = pages(json.dumps(posts).encode(), "posts.json", tmp_path)
    for page in found:
        assert isinstance(page, Page)
        assert about(page) == ("Salt mine to be flooded ‘for good’", [], DAY, None)
        assert page.text.endswith(f"{SAID}\n\n{MORE}")


@pytest.mark.parametrize(
    "fields",
    [
        {"published": None, "published_at": "2020-02-29", "author": None, "byline": "By Ruth Ames"},
        {"published": "", "date": 1582970400, "authors": [{"name": "Ruth Ames", "role": "editor"}]},
        {"date": 1582970400000, "authors": ["Ruth Ames", "News Editor", "Combe Courier"]},
        {"datePublished": "29 February 2020", "creator": ["RUTH AMES"]},
        {
            "date": "Sat, 29 Feb 2020 10:00:00 GMT",
            "author": "Ames, Ruth",
            "source": "https://combe.example/1",
            "hostname": None,
        },
        {
            "date": "2020-02-29",
            "author": "Ruth Ames",
            "source": {"id": None, "name": "Combe Courier"},
        },
    ],
)
def test_the_first_field_that_says_something_counts(
    tmp_path: Path, fields: dict[str, object]
) -> None:
    record = {
        "headline": TITLE,
        "outlet": "Combe Courier",
        "text": f"<p>{SAID.replace('“', '&ldquo;')}</p><p>{MORE}</p>",
    } | fields
    page = page_of(json.dumps(record) + "\n", "pages.jsonl", tmp_path)
    assert about(page) == (TITLE, ["Ruth Ames"], DAY, "Combe Courier")
    assert page.text == f"{TITLE}\n\n{SAID}\n\n{MORE}"


HTML = f"<!doctype html><html lang=en><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{SAID}</p><p>{MORE}</p></article></body></html>"


@pytest.mark.parametrize(
    "name",
    ["story.json.html", "story.xml.htm", "data.jsonl.html", "story.csv", "story.eml", "noname"],
)
def test_the_kind_is_told_by_the_content(tmp_path: Path, name: str) -> None:
    page = page_of(HTML, name, tmp_path)
    assert page.media_type == "text/html"
    assert page.text == f"{TITLE}\n\n{SAID}\n\n{MORE}"


def warc(headers: str, body: bytes) -> bytes:
    http = f"HTTP/1.1 200 OK\r\n{headers}\r\n".encode() + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://combe.example/1\r\n"
        b"WARC-Date: 2020-03-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        + f"Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"
    )  # fmt: skip


TYPE = "Content-Type: text/html; charset=utf-8\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (TYPE + "Content-Encoding: br\r\n", brotli.compress(HTML.encode())),
        (TYPE + "Content-Encoding: zstd\r\n", zstandard.compress(HTML.encode())),
        (TYPE + "Content-Encoding: x-gzip\r\n", gzip.compress(HTML.encode())),
        (TYPE + "Content-Encoding: GZIP\r\n", gzip.compress(HTML.encode())),
        (TYPE + "Content-Encoding: deflate\r\n", zlib.compress(HTML.encode())[2:-4]),
        (TYPE + "Content-Encoding: br\r\n", HTML.encode()),
        (TYPE + "Content-Encoding: gzip\r\n", HTML.encode()),
        (TYPE + "Content-Encoding: identity\r\n", HTML.encode()),
        (TYPE, gzip.compress(HTML.encode())),
        ("Server: x\r\n", HTML.encode()),
        ("Content-Type: application/octet-stream\r\n", HTML.encode()),
        ("Content-Type: text/plain\r\n", HTML.encode()),
    ],
)
def test_a_page_of_a_web_archive_is_read_whatever_its_server_says(
    tmp_path: Path, headers: str, body: bytes
) -> None:
    page = page_of(warc(headers, body), "crawl.warc", tmp_path)
    assert page.text == f"{TITLE}\n\n{SAID}\n\n{MORE}"


def test_a_bomb_in_a_web_archive_is_refused(tmp_path: Path) -> None:
    for coding, pack in (
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("gzip", gzip.compress),
    ):
        (skipped,) = pages(
            warc(f"{TYPE}Content-Encoding: {coding}\r\n", pack(b" " * 20_000_000)),
            "b.warc",
            tmp_path,
        )
        assert isinstance(skipped, SkippedPage)
        assert skipped.reason == "too-large"


def message(*, html: bool = False, plain: bool = True, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    for name, value in (
        {
            "From": "Ruth Ames <ruth@combe.example>",
            "To": "desk@combe.example",
            "Subject": TITLE,
            "Date": "Sat, 29 Feb 2020 09:00:00 +0000",
        }
        | headers
    ).items():
        mail[name] = value
    if plain:
        mail.set_content(f"{SAID}\n\n{MORE}\n\n-- \nSent from a mine\n", cte="quoted-printable")
    if html and plain:
        mail.add_alternative(f"<p>{SAID}</p><p>{MORE}</p>", subtype="html", cte="base64")
    elif html:
        mail.set_content(f"<p>{SAID}</p><p>{MORE}</p>", subtype="html", cte="base64")
    return mail


@pytest.mark.parametrize(
    ("mail", "name"),
    [
        (message(), "a.eml"),
        (message(html=True), "a.eml"),
        (message(html=True, plain=False), "a.eml"),
        (message(Subject="Fwd: Re: " + TITLE), "a.txt"),
        (message(Received="from mx by mx; Sat, 29 Feb 2020 09:00:01 +0000"), "noname"),
    ],
)
def test_a_mail_is_its_subject_and_its_text(tmp_path: Path, mail: EmailMessage, name: str) -> None:
    page = page_of(mail.as_bytes(), name, tmp_path)
    assert page.text == f"{TITLE}\n\n{SAID}\n\n{MORE}"
    assert about(page) == (TITLE, ["Ruth Ames"], DAY, None)


def test_a_forwarded_mail_is_its_first_senders(tmp_path: Path) -> None:
    mail = message(
        Subject="Fwd: look", From="Desk <desk@combe.example>", Date="Tue, 3 Mar 2020 09:00:00 +0000"
    )
    mail.set_content(
        "See below.\n\n---------- Forwarded message ---------\nFrom: Ruth Ames <ruth@combe.example>\n"
        f"Date: Sat, Feb 29, 2020 at 9:00 AM\nSubject: {TITLE}\nTo: <desk@combe.example>\n\n{SAID}\n\n{MORE}\n"
    )
    page = page_of(mail.as_bytes(), "a.eml", tmp_path)
    assert about(page) == (TITLE, ["Ruth Ames"], DAY, None)
    assert "See below" not in page.text


def test_a_mailbox_is_its_messages(tmp_path: Path) -> None:
    box = b"".join(
        b"From ruth@combe.example Sat Feb 29 09:00:00 2020\n"
        + message(Subject=subject).as_bytes()
        + b"\n"
        for subject in ("First", "Second")
    )
    found = pages(box, "box.mbox", tmp_path)
    assert [page.name for page in found] == ["box.mbox#1", "box.mbox#2"]
    assert [page.text.split("\n")[0] for page in found if isinstance(page, Page)] == [
        "First",
        "Second",
    ]


def test_a_page_saved_in_mime_is_the_page(tmp_path: Path) -> None:
    whole = message(plain=False, From="<Saved by Blink>")
    whole.set_content(HTML, subtype="html", cte="quoted-printable")
    whole["Content-Location"] = "https://combe.example/1"
    whole.add_related(b"p {}", maintype="text", subtype="css")
    page = page_of(whole.as_bytes(), "saved.mhtml", tmp_path)
    assert page.text == f"{TITLE}\n\n{SAID}\n\n{MORE}"
    assert page.media_type == "text/html"


@pytest.mark.parametrize(
    "front",
    [
        f"---\ntitle: '{TITLE}'\nauthor: Ruth Ames\ndate: 2020-02-29\n---\n",
        f'---\ntitle: "{TITLE}"\nauthors:\n  - name: Ruth Ames\npublished: 29 February 2020\ntags: [a, b]\n---\n\n# {TITLE}\n',
        f'+++\ntitle = "{TITLE}"\nauthor = "Ruth Ames"\ndate = 2020-02-29T10:00:00Z\n+++\n',
        f"---\ntitle: {TITLE}: what now?\nauthor: Ruth Ames\ndate: 2020-02-29\n---\n",
    ],
)
@pytest.mark.parametrize("name", ["note.md", "note.txt"])
def test_front_matter_gives_the_particulars_of_a_note(
    tmp_path: Path, front: str, name: str
) -> None:
    said = SAID.replace("Orla Venn", "**Orla Venn**").replace(
        "thirty", "[thirty](https://combe.example/30)"
    )
    page = page_of(f"{front}\n> {said}[^1]\n\n{MORE}\n\n[^1]: By phone.\n", name, tmp_path)
    title, authors, published, _ = about(page)
    assert (title or "").startswith(TITLE)
    assert (authors, published) == (["Ruth Ames"], DAY)
    assert page.text.endswith(f"{SAID}\n\n{MORE}")


def zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_Content", "[Content"),
                text,
            )
    return data.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def test_a_word_document_is_its_paragraphs(tmp_path: Path) -> None:
    runs = SAID.replace(
        " who ",
        '</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> who ',
    )
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for text in (TITLE, "By Ruth Ames", "29 February 2020", runs, MORE)
    )
    data = zipped(
        word__document_xml=f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    page = page_of(data, "story.docx", tmp_path)
    assert page.text == "\n\n".join((TITLE, "By Ruth Ames", "29 February 2020", SAID, MORE))
    assert about(page) == (TITLE, ["Ruth Ames"], DAY, None)


def test_an_opendocument_text_is_its_paragraphs(tmp_path: Path) -> None:
    body = f"<text:h>{TITLE}</text:h><text:p>By<text:s/>Ruth Ames</text:p>" + "".join(
        f"<text:p>{text}</text:p>" for text in (SAID, MORE)
    )
    content = f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"><office:body>{body}</office:body></office:document-content>'
    data = zipped(
        **{
            "content_xml": content,
            "META-INF__manifest_xml": "<manifest/>",
            "mimetype": "application/vnd.oasis.opendocument.text",
        }
    )
    page = page_of(data, "story.odt", tmp_path)
    assert page.text == "\n\n".join((TITLE, "By Ruth Ames", SAID, MORE))


def test_the_chapters_of_an_epub_are_pages(tmp_path: Path) -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    members = {
        "META-INF__container_xml": container,
        "OPS__book.opf": package,
        "OPS__a.xhtml": HTML,
        "OPS__b.xhtml": HTML.replace(TITLE, "Spring runs dry"),
    }
    found = pages(zipped(mimetype="application/epub+zip", **members), "week.epub", tmp_path)
    assert [page.name for page in found] == ["week.epub/OPS/a.xhtml", "week.epub/OPS/b.xhtml"]
    assert [page.text.split("\n")[0] for page in found if isinstance(page, Page)] == [
        TITLE,
        "Spring runs dry",
    ]


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"name,age\nRuth,41\nPia,39\n", "people.csv", "table"),
        (b"a\tb\n1\t2\n", "people.tsv", "table"),
        (b"function f() { return 1 }", "app.js", ".js"),
        (
            zipped(xl__workbook_xml="<workbook/>", **{"_Content_Types]_xml": "<Types/>"}),
            "sheet.xlsx",
            "office",
        ),
        (b"{\\rtf1 hello}", "a.rtf", "rich text"),
        (b"\x7fELF\x02\x01", "prog", "program"),
    ],
)
def test_what_is_no_page_is_refused_by_name(
    tmp_path: Path, data: bytes, name: str, word: str
) -> None:
    (skipped,) = pages(data, name, tmp_path)
    assert isinstance(skipped, SkippedPage)
    assert skipped.reason == "binary"
    assert word in skipped.message
