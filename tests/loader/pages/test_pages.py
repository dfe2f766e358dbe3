"""Reading pages: every format in, every bad page out as a skip with its reason."""

import errno
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loader.pages import Limits, Page, SkippedPage, read

ENGLISH = (
    "The minister said on Monday that the harbour would open again before the winter, and that "
    "the workers who had been sent home would be paid for the days they had lost."
)
GERMAN = (
    "Der Minister sagte am Montag, dass der Hafen noch vor dem Winter wieder öffnen werde und dass "
    "die Arbeiter, die nach Hause geschickt worden waren, für die verlorenen Tage bezahlt würden. "
    "Die Gewerkschaft begrüßte die Ankündigung, zweifelte aber an dem Zeitplan der Regierung."
)
HTML = f"""<!doctype html><html><head><title>Harbour opens again | Example Post</title>
<meta property="og:site_name" content="Example Post"><meta name="author" content="Wrong Person">
<link rel="canonical" href="https://example.org/harbour">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{
"@type": "NewsArticle", "headline": "Harbour opens again", "datePublished": "2023-03-20T09:00:00Z",
"dateModified": "2023-03-21", "author": [{{"@type": "Person", "name": "Ann Lee"}}],
"publisher": {{"name": "Example Post"}}}}]}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Harbour opens again</h1><p>{ENGLISH}</p>
<p>{ENGLISH.replace("Monday", "Tuesday")}</p></article></body></html>"""


def one(path: Path | str, **options: object) -> Page | SkippedPage:
    found = list(read([path], **options))  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def reasons(pages: Iterable[Page | SkippedPage]) -> list[str]:
    return [page.reason for page in pages if isinstance(page, SkippedPage)]


def pages_of(found: Iterable[Page | SkippedPage]) -> list[Page]:
    return [page for page in found if isinstance(page, Page)]


def warc_record(url: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: "
        + url.encode()
        + b"\r\nWARC-Date: 2023-03-01T00:00:00Z\r\n"
        + b"Content-Type: application/http; msgtype=response\r\n"
        + f"Content-Length: {len(http)}\r\n\r\n".encode()
        + http
        + b"\r\n\r\n"
    )


def test_folders_are_read_to_the_bottom_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.txt", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} {ENGLISH}")
    assert [page.name for page in read([tmp_path])] == ["a/b.txt", "a/z.txt", "b.txt"]


def test_a_file_name_that_is_not_utf_8_is_escaped(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"caf\xe9.txt", "café.txt".encode()):
        Path(os.fsdecode(folder + b"/" + name)).write_text(ENGLISH)
    assert {page.name for page in read([tmp_path])} == {"caf\\xe9.txt", "café.txt"}
    assert {page.name for page in read([f"{tmp_path}/*.txt"])} == {"caf\\xe9.txt", "café.txt"}
    for page in read([tmp_path]):
        assert json.dumps(page.location, ensure_ascii=False).encode()


def test_patterns_include_and_exclude_choose_pages(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text(ENGLISH)
    assert [page.name for page in read([f"{tmp_path}/*.txt"])] == ["a.txt", "b.txt"]
    assert [page.name for page in read([tmp_path], exclude=["*.html", "a*"])] == ["b.txt"]
    assert [page.name for page in read([tmp_path], include=["c*"])] == ["c.html"]
    assert reasons(read([f"{tmp_path}/*.pdf"])) == ["missing"]


def test_standard_input_is_read(tmp_path: Path) -> None:
    page = one("-", stdin=io.BytesIO(ENGLISH.encode()))
    assert isinstance(page, Page)
    assert (page.name, page.text) == ("stdin", ENGLISH)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\xc2\xa0\n", "empty"),
        (b"--- ... ---", "empty"),
        (b"%PDF-1.7 text", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"\xff\xfe\x00\xd8x", "encoding"),
        (GERMAN.encode(), "language"),
        ("习近平周一抵达莫斯科，将与普京会谈。".encode(), "language"),
        (b"x" * 2_000_000, "too-large"),
        (b"a " * 3_000_000, "too-large"),
        (b"\x1f\x8b\x08broken", "damaged"),
        (b"PK\x03\x04broken", "damaged"),
        (b"WARC/1.0\r\nbroken", "empty"),
        (b"<html><body></body></html>", "empty"),
        (b"<rss><channel><item></channel></rss>", "damaged"),
        (b'{"title": 3}', "empty"),
        (b"<!-- a -->" * 300 + b"<html></html>", "empty"),
        (b"<?xml version='1.0'?><note>Call Ann</note>", "binary"),
    ],
)
def test_a_bad_page_is_skipped_with_its_name_reason_and_cure(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    (tmp_path / "bad").write_bytes(data)
    (tmp_path / "good.txt").write_text(ENGLISH)
    bad, good = read([tmp_path])
    assert isinstance(bad, SkippedPage)
    assert (bad.name, bad.reason) == ("bad", reason)
    assert bad.message.startswith(f"{tmp_path}/bad: ")
    assert ";" in bad.message or reason in {"language", "empty", "too-large"}
    assert isinstance(good, Page)


def test_missing_and_unreadable_files_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "locked.txt").write_text(ENGLISH)
    (tmp_path / "locked.txt").chmod(0)
    os.mkfifo(tmp_path / "pipe")
    found = list(read([tmp_path / "locked.txt", tmp_path / "gone.txt", tmp_path / "pipe", "a\0b"]))
    if os.geteuid() == 0:
        found = found[1:]  # root reads everything
    assert set(reasons(found)) == {"missing", "unreadable"}
    assert len(found) >= 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_obeyed_and_no_part_of_the_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "marked.txt").write_text(ENGLISH, encoding=encoding)
    page = one(tmp_path / "marked.txt")
    assert isinstance(page, Page)
    assert page.text == ENGLISH


def test_what_a_page_says_in_json_ld_wins(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML)
    page = one(tmp_path)
    assert isinstance(page, Page)
    assert page.metadata is not None
    said = page.metadata
    assert (said.title, said.authors, said.outlet) == (
        "Harbour opens again",
        ("Ann Lee",),
        "Example Post",
    )
    assert (said.published, said.modified) == (date(2023, 3, 20), date(2023, 3, 21))
    assert page.url == "https://example.org/harbour"
    assert page.text.startswith(f"Harbour opens again\n\n{ENGLISH}")
    assert "Home" not in page.text


def test_a_signed_html_article_without_metadata_is_dated_by_its_stamp(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<html><head><meta name="author" content="Ann Lee"></head><body><main><article>'
        '<h1>Harbour opens again</h1><time datetime="2023-03-20">20 March 2023</time>'
        f"<p>{ENGLISH}</p><p>{ENGLISH}</p></article></main></body></html>"
    )
    page = one(tmp_path)
    assert isinstance(page, Page)
    assert page.metadata is not None
    assert (page.metadata.single, page.metadata.published) == (True, date(2023, 3, 20))


def test_an_html_page_in_a_declared_charset_is_decoded(tmp_path: Path) -> None:
    source = (
        f"<html><head><meta charset=iso-8859-1></head><body><p>Café. {ENGLISH}</p></body></html>"
    )
    (tmp_path / "page.html").write_bytes(source.encode("latin-1"))
    page = one(tmp_path)
    assert isinstance(page, Page)
    assert "Café" in page.text


def test_json_lines_are_trusted_and_bad_ones_skipped(tmp_path: Path) -> None:
    record = {
        "url": "https://example.org/1",
        "title": "Harbour opens",
        "text": ENGLISH,
        "published": "2023-03-20",
        "authors": ["Ann Lee", "Bo Day"],
        "outlet": "Example Post",
    }
    lines = [json.dumps(record), "{broken", "[1]", "", '{"title": "No text"}', "x" * 9_000]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    found = list(read([tmp_path], limits=Limits(page_bytes=8_000)))
    assert [page.name for page in found] == [f"pages.jsonl#{n}" for n in (1, 2, 3, 5, 6)]
    assert reasons(found) == ["damaged", "damaged", "too-large"]
    page = pages_of(found)[0]
    assert page.metadata is not None
    assert page.metadata.authors == ("Ann Lee", "Bo Day")
    assert page.metadata.published == date(2023, 3, 20)
    assert page.text == f"Harbour opens\n\n{ENGLISH}"
    assert reasons(read([tmp_path], since=date(2024, 1, 1)))[0] == "date"


def test_entries_of_feeds_and_news_sitemaps_are_pages(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        "<title>Example Post</title><item><title>Harbour opens</title><link>https://e.org/1</link>"
        f"<description>&lt;p&gt;{ENGLISH}&lt;/p&gt;</description><dc:creator>Ann Lee</dc:creator>"
        "<pubDate>Mon, 20 Mar 2023 09:00:00 GMT</pubDate></item></channel></rss>"
    )
    (tmp_path / "b.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Post</title><entry>'
        '<title>Harbour opens</title><link href="https://e.org/2"/><author><name>Ann Lee</name>'
        f"</author><updated>2023-03-20T09:00:00Z</updated><content>{ENGLISH}</content></entry></feed>"
    )
    (tmp_path / "c.xml").write_text(
        '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        "<loc>https://e.org/3</loc><news:news><news:publication><news:name>Example Post</news:name>"
        "</news:publication><news:publication_date>2023-03-20</news:publication_date>"
        "<news:title>Harbour opens</news:title></news:news></url></urlset>"
    )
    (tmp_path / "d.xml").write_text("<urlset><url><loc>https://e.org/4</loc></url></urlset>")
    found = list(read([tmp_path]))
    assert reasons(found) == ["empty"]
    for page, number in zip(pages_of(found), (1, 2, 3), strict=True):
        assert page.metadata is not None
        assert page.metadata.outlet == "Example Post"
        assert page.metadata.published == date(2023, 3, 20)
        assert page.url == f"https://e.org/{number}"
        assert page.text.startswith("Harbour opens")


def test_a_damaged_record_of_a_web_archive_is_skipped_and_the_rest_read(tmp_path: Path) -> None:
    packed = [gzip.compress(warc_record(f"https://e.org/{n}", HTML.encode())) for n in range(4)]
    packed[1] = packed[1][:60] + bytes(40) + packed[1][100:]
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(packed))
    found = list(read([tmp_path]))
    assert reasons(found) == ["damaged"]
    assert [page.url for page in pages_of(found)] == [f"https://e.org/{n}" for n in (0, 2, 3)]


def test_archives_are_read_member_by_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("b/page.html", HTML)
        archive.writestr("a.txt.gz", gzip.compress(ENGLISH.encode()))
        archive.writestr("../../etc/passwd", ENGLISH)
        archive.writestr("/abs.txt", ENGLISH)
    found = list(read([tmp_path]))
    assert [page.name for page in pages_of(found)] == ["news.zip/a.txt.gz", "news.zip/b/page.html"]
    assert reasons(found) == ["unsafe", "unsafe"]


def test_an_archive_within_an_archive_is_refused_at_some_depth(tmp_path: Path) -> None:
    data = ENGLISH.encode()
    for _ in range(5):
        data = gzip.compress(data)
    (tmp_path / "deep.gz").write_bytes(data)
    assert reasons(read([tmp_path])) == ["too-large"]


MEASURE = """
import sys
from pathlib import Path
from loader.pages import read
for page in read(sys.argv[1:]):
    print(page.name, getattr(page, "reason", "read"))
# The peak of this program alone: ru_maxrss would count what the tests held before it was started.
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def test_a_decompression_bomb_is_refused_within_300_megabytes(tmp_path: Path) -> None:
    for name in ("bomb.txt.gz", "bomb.jsonl.gz", "bomb.html.gz"):
        with gzip.open(tmp_path / name, "wb") as file:
            for _ in range(500):
                file.write(bytes(1_000_000))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(100):
            archive.writestr(f"{number:03}.txt", b"a b " * 200 * 6_000)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert max(sizes) < 600_000
    command = [sys.executable, "-c", MEASURE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    *pages, peak = done.stdout.splitlines()
    assert {page.split()[-1] for page in pages} <= {"too-large", "read"}
    assert {page.split(".gz")[0].split("/")[0] for page in pages if "too-large" in page} == {
        "bomb.txt",
        "bomb.jsonl",
        "bomb.html",
        "bomb.zip",
    }
    assert int(peak) < 300_000


def test_a_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    (tmp_path / "laughs.xml").write_text(
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]><rss><channel><item><title>&l11;</title>'
        "</item></channel></rss>"
    )
    (tmp_path / "thief.xml").write_text(
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><item><title>&x;</title></item></channel></rss>"
    )
    assert reasons(read([tmp_path])) == ["unsafe", "unsafe"]


_MAGIC = (b"", b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n", b"<html>", b"<rss>", b"<?xml ")
_MARKS = (b'{"text":', b"\xff\xfe", b"\xef\xbb\xbf", gzip.compress(b"x" * 50)[:20], b"%PDF")
_HEADS = st.sampled_from(_MAGIC + _MARKS)
_NAMES = st.sampled_from(
    ["a", "a.txt", "a.html", "a.jsonl", "a.json", "a.warc.gz", "a.xml", "a.gz"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=_NAMES, head=_HEADS, tail=st.binary(max_size=600), text=st.text(max_size=200))
def test_no_bytes_make_a_reader_raise(
    tmp_path: Path, name: str, head: bytes, tail: bytes, text: str
) -> None:
    for data in (head + tail, head + text.encode("utf-8", "replace"), gzip.compress(head + tail)):
        (tmp_path / name).write_bytes(data)
        for page in read([tmp_path / name]):
            assert isinstance(page, Page | SkippedPage)
            assert page.name.startswith(name.removesuffix(".gz"))


@pytest.mark.parametrize(
    ("number", "cure"),
    [(errno.EMFILE, "allow more open files with `ulimit -n 4096`"), (errno.EACCES, "permissions")],
)
def test_a_page_that_cannot_be_opened_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, cure: str
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(ENGLISH)

    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", refused)
    (skipped,) = read([page])
    assert isinstance(skipped, SkippedPage)
    assert cure in skipped.message


@pytest.mark.parametrize("page", ["page.html", "page.txt", "page.json"])
def test_control_characters_are_in_no_text_and_no_name(tmp_path: Path, page: str) -> None:
    written = {
        "page.html": HTML.replace("Harbour", "Har\x1b[31mbour").replace("Example", "Exam\x07ple"),
        "page.txt": f"Har\x1b]0;mine\x07bour opens\n\n{ENGLISH}",
        "page.json": json.dumps({"title": "Har\x1b[2Jbour", "text": ENGLISH, "outlet": "A\x9bB"}),
    }
    (tmp_path / page).write_text(written[page], encoding="utf-8")
    (found,) = read([tmp_path / page])
    assert isinstance(found, Page)
    names = [found.metadata.title, found.metadata.outlet] if found.metadata else []
    for text in (found.text, *filter(None, names)):
        assert not set(text) & {chr(code) for code in (*range(9), *range(14, 32), *range(127, 160))}
    assert "Har" in found.text or "Har" in str(names)
