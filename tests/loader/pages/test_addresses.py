"""Pages at addresses: fetched once, bounded, and what cannot be had is said."""

import gzip
import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from loader.pages import Page, SkippedPage, addresses, manners, read

HTML = (
    "<html><head><title>Dam will hold</title></head><body><article><h1>Dam will hold</h1>"
    "<p>“The dam will hold for many years to come,” said the engineer Bo Ek of Kenya on Monday, "
    "“and the people of the valley can sleep.”</p><p>He had looked at it for three days.</p>"
    "</article></body></html>"
)
Answer = tuple[int, dict[str, str], bytes]


class Site(ThreadingHTTPServer):
    """A site of which a test says what is at each path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Answer] = {}
        self.seen: list[tuple[str, str]] = []
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers["User-Agent"]))
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def _page(address: str) -> Page:
    (page,) = read([address])
    assert isinstance(page, Page), page
    return page


def _skipped(address: str) -> SkippedPage:
    (page,) = read([address])
    assert isinstance(page, SkippedPage)
    return page


def test_a_page_is_fetched_once_and_knows_its_address(site: Site) -> None:
    site.pages["/dam?day=1"] = (200, {"Content-Type": "text/html"}, HTML.encode())
    page = _page(f"{site.address}/dam?day=1#top")
    assert "“The dam will hold" in page.text
    assert page.location == page.url == f"{site.address}/dam?day=1"
    assert page.name == page.location.removeprefix("http://")
    assert [path for path, _ in site.seen] == ["/robots.txt", "/dam?day=1"]
    assert {agent.partition("/")[0] for _, agent in site.seen} == {"newsgraph"}


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manners, "PAUSE_SECONDS", 0.05)


@pytest.mark.parametrize(
    ("robots", "readable"),
    [
        ((404, {}, b""), True),
        ((403, {}, b""), True),
        ((200, {}, b"User-agent: *\nDisallow: /private/"), True),
        ((200, {}, b"User-agent: *\nDisallow: /dam"), False),
        ((200, {}, b"User-agent: newsgraph\nDisallow: /"), False),
        ((200, {}, b"User-agent: other\nDisallow: /\n\nUser-agent: *\nAllow: /"), True),
        ((200, {"Content-Type": "text/html"}, b"<html>not found</html>"), True),
        ((503, {}, b""), False),
    ],
)
def test_a_page_is_read_if_its_site_allows_it(site: Site, robots: Answer, readable: bool) -> None:
    site.pages["/robots.txt"] = robots
    site.pages["/dam"] = (200, {"Content-Type": "text/html"}, HTML.encode())
    (page,) = read([f"{site.address}/dam"])
    assert isinstance(page, Page) is readable
    if isinstance(page, SkippedPage):
        assert "robots.txt" in page.message
        assert [path for path, _ in site.seen] == ["/robots.txt"]


def test_a_redirection_does_not_lead_round_the_rules(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private")
    site.pages["/dam"] = (302, {"Location": "/private/dam"}, b"")
    site.pages["/private/dam"] = (200, {"Content-Type": "text/html"}, HTML.encode())
    assert "robots.txt" in _skipped(f"{site.address}/dam").message
    assert "/private/dam" not in [path for path, _ in site.seen]


def test_redirections_in_a_circle_end(site: Site) -> None:
    site.pages["/dam"] = (302, {"Location": "/dam"}, b"")
    assert "redirections" in _skipped(f"{site.address}/dam").message


def test_pages_of_one_host_are_asked_for_with_a_pause(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "PAUSE_SECONDS", 0.3)
    for name in ("/a", "/b"):
        site.pages[name] = (200, {"Content-Type": "text/html"}, HTML.encode())
    began = time.monotonic()
    pages = list(read([f"{site.address}/a", f"{site.address}/b"]))
    assert all(isinstance(page, Page) for page in pages)
    assert time.monotonic() - began >= 0.3
    assert [path for path, _ in site.seen] == ["/robots.txt", "/a", "/b"]


def test_the_address_after_redirections_counts(site: Site) -> None:
    site.pages["/old"] = (301, {"Location": "/new"}, b"")
    site.pages["/new"] = (200, {"Content-Type": "text/html"}, HTML.encode())
    assert _page(f"{site.address}/old").url == f"{site.address}/new"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "text/html; charset=windows-1252"}, HTML.encode("windows-1252")),
        ({"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(HTML.encode())),
        ({"Content-Type": "text/html"}, f"<span>{HTML}</span>".encode()),
        ({}, HTML.encode()),
    ],
    ids=["charset", "packed", "type", "nothing-said"],
)
def test_what_the_server_says_of_a_page_is_heard(
    site: Site, headers: dict[str, str], body: bytes
) -> None:
    site.pages["/dam"] = (200, headers, body)
    page = _page(f"{site.address}/dam")
    assert page.media_type == "text/html"
    assert "“The dam will hold" in page.text


def test_plain_text_is_a_page_too(site: Site) -> None:
    site.pages["/dam.txt"] = (200, {"Content-Type": "text/plain"}, b"Dam will hold")
    page = _page(f"{site.address}/dam.txt")
    assert (page.text, page.url) == ("Dam will hold", f"{site.address}/dam.txt")


def test_an_archive_is_opened(site: Site) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Dam will hold")
    site.pages["/all.zip"] = (200, {"Content-Type": "application/zip"}, packed.getvalue())
    assert _page(f"{site.address}/all.zip").location == f"{site.address}/all.zip/a.txt"


def test_no_password_is_kept(site: Site) -> None:
    site.pages["/dam.txt"] = (200, {"Content-Type": "text/plain"}, b"Dam will hold")
    page = _page(f"{site.address.replace('://', '://ada:secret@')}/dam.txt")
    assert "secret" not in repr(page)


@pytest.mark.parametrize(
    ("status", "reason", "cure"),
    [
        (404, "missing", "check the URL"),
        (403, "unreadable", "in your browser"),
        (500, "unreadable", "later"),
    ],
)
def test_a_refusal_is_said_with_what_to_do(site: Site, status: int, reason: str, cure: str) -> None:
    site.pages["/dam"] = (status, {"Content-Type": "text/html"}, HTML.encode())
    page = _skipped(f"{site.address}/dam")
    assert page.reason == reason
    assert page.message.startswith(f"{site.address}/dam: ")
    assert str(status) in page.message
    assert cure in page.message


def test_a_redirection_leads_to_no_file(site: Site) -> None:
    site.pages["/dam"] = (302, {"Location": "file:///etc/passwd"}, b"")
    assert _skipped(f"{site.address}/dam").reason == "unreadable"


@pytest.mark.parametrize("scheme", ["ftp", "file", "s3"])
def test_other_schemes_are_refused(scheme: str) -> None:
    page = _skipped(f"{scheme}://example.org/dam.txt")
    assert "only http and https" in page.message


@pytest.mark.parametrize("address", ["http://", "http://[", "http://a b/", "http://127.0.0.1:1/"])
def test_what_leads_nowhere_is_skipped(address: str) -> None:
    assert "check the URL" in _skipped(address).message


def test_what_is_too_large_is_not_fetched_whole(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MOST_BYTES", 100)
    site.pages["/dam.txt"] = (200, {"Content-Type": "text/plain"}, b"Dam " * 30)
    assert _skipped(f"{site.address}/dam.txt").reason == "too-large"


def test_a_server_that_dawdles_is_left(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "READ_SECONDS", 0.2)
    release = threading.Event()
    site.finish_request = _waiting(site.finish_request, release)  # type: ignore[method-assign]
    try:
        assert "in time" in _skipped(f"{site.address}/dam.txt").message
    finally:
        release.set()


def _waiting(answer: Callable[..., None], release: threading.Event) -> Callable[..., None]:
    def waiting(*arguments: object) -> None:
        release.wait(10)
        answer(*arguments)

    return waiting
