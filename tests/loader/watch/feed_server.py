"""A news site on this machine of which a test says what is at each path, and how it fails."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape


@dataclass(slots=True)
class Answer:
    """What is sent: with ``trickle``, a byte every so many seconds; with ``cut``, only half."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    trickle: float = 0.0
    cut: bool = False


class NewsSite(ThreadingHTTPServer):
    """The site: ``pages`` by path; a list holds an answer for each time, the last one for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Answer | list[Answer]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def asked(self, path: str) -> int:
        return sum(each == path for each, _ in self.seen)

    def story(self, path: str, words: str, **more: object) -> None:
        self.pages[path] = Answer(html(words), headers={"Content-Type": "text/html"}, **more)  # type: ignore[arg-type]

    def feed(self, path: str, *stories: str, etag: str = "", **more: object) -> None:
        """Put an RSS feed at ``path`` that lists the pages at these paths."""
        headers = {"Content-Type": "application/rss+xml"} | ({"ETag": etag} if etag else {})
        self.pages[path] = Answer(rss(self.address, *stories), headers=headers, **more)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: NewsSite
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        site = self.server
        with site.lock:
            site.seen.append((self.path, {k.casefold(): v for k, v in self.headers.items()}))
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
            found = site.pages.get(self.path, Answer(status=404))
            if isinstance(found, list):
                found = found.pop(0) if len(found) > 1 else found[0]
        with suppress(OSError):
            self._send(found)
        with site.lock:
            site.at_once -= 1

    def _send(self, answer: Answer) -> None:
        etag = answer.headers.get("ETag")
        status, body = answer.status, answer.body
        if etag and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if status != 304 and not answer.trickle:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if answer.trickle:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(answer.trickle)
        else:
            self.wfile.write(body[: len(body) // 2] if answer.cut else body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def news_site(kind: type[NewsSite] = NewsSite) -> Iterator[NewsSite]:
    with kind() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield site
        site.shutdown()
        thread.join()


def html(words: str) -> bytes:
    text = (
        f"<html><head><title>{words}</title></head><body><article><h1>{words}</h1>"
        f"<p>“The {words} will hold for many years to come,” said the engineer Bo Ek of Kenya on "
        "Monday, “and the people of the valley can sleep.”</p><p>He had looked at it for three "
        "days before he said so, and he will look at it again next year.</p></article></body>"
        "</html>"
    )
    return text.encode()


def rss(address: str, *stories: str) -> bytes:
    items = "".join(
        f"<item><title>Of {escape(path)}</title><link>{escape(address + path)}</link>"
        f"<guid isPermaLink='false'>id-{escape(path)}</guid>"
        f"<description>The feed itself says of {escape(path)} that the dam in the valley will hold "
        "for many years to come.</description></item>"
        for path in stories
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>Valley News</title>"
        f"<link>{address}/</link><description>News</description>{items}</channel></rss>"
    ).encode()


def http_date(seconds: float) -> str:
    return format_datetime(datetime.fromtimestamp(time.time() + seconds, UTC), usegmt=True)
