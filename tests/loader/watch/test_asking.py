"""Asking feeds: politely, once for each item, whatever servers do."""

import gzip
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from loader.pages import Choice, Page, PageError, addresses, manners
from loader.pages.listing import list_items
from loader.pages.reach import Reach, reach_of, reach_of_ip
from loader.watch import asking as asking_module
from loader.watch.asking import Asking
from loader.watch.state import Feed, State, open_state
from tests.loader.watch.feed_server import Answer, NewsSite, html, http_date, news_site, rss


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with news_site() as found:
        yield found


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(tmp_path, "database") as opened:
        yield opened


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manners, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(addresses, "_MANNERS", manners.Manners("newsgraph"))
    monkeypatch.setattr(asking_module, "RETRIES", (0.1, 0.1, 60.0))
    monkeypatch.setattr(asking_module, "PATIENCE", 0.5)
    monkeypatch.setattr(asking_module, "BUSY_SECONDS", 60.0)


class Run:
    """Asks once, as ``newsgraph watch --once`` does, and takes the pages that were fetched."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.said: list[str] = []
        self.skipped: list[str] = []

    def __call__(self, *feeds: str, choice: Choice | None = None) -> list[Page]:
        stop = threading.Event()
        asking = Asking(feeds, self.state, 900.0, choice or Choice(), self.said.append, stop)
        asking.run(once=True)
        assert asking.failure is None
        self.skipped += [page.message for page in asking.take_skipped()]
        found = self.state.fetched(feeds, 1_000)
        self.state.strike_out([number for number, _ in found])
        return [page for _, page in found]


@pytest.fixture
def run(state: State) -> Run:
    return Run(state)


def test_the_pages_of_new_items_are_fetched_once(site: NewsSite, run: Run) -> None:
    site.feed("/rss", "/a", "/b", etag='"1"')
    site.story("/a", "dam")
    site.story("/b", "bridge")
    feed = f"{site.address}/rss"
    pages = run(feed)
    assert {page.url for page in pages} == {f"{site.address}/a", f"{site.address}/b"}
    assert {page.name for page in pages} == {f"127.0.0.1:{site.server_port}/{x}" for x in "ab"}
    assert {page.media_type for page in pages} == {"text/html"}
    assert run(feed) == []
    assert site.seen[-1][1]["if-none-match"] == '"1"'
    assert (site.asked("/rss"), site.asked("/a"), site.asked("/robots.txt")) == (2, 1, 1)
    site.feed("/rss", "/c", "/a", etag='"2"')
    site.story("/c", "lock")
    (page,) = run(feed)
    assert page.url == f"{site.address}/c"
    assert {headers["user-agent"].partition("/")[0] for _, headers in site.seen} == {"newsgraph"}
    assert site.most_at_once == 1


def test_last_modified_is_sent_back(site: NewsSite, run: Run) -> None:
    changed = http_date(-9_000)
    site.feed("/rss")
    site.pages["/rss"].headers["Last-Modified"] = changed  # type: ignore[union-attr]
    run(f"{site.address}/rss")
    run(f"{site.address}/rss")
    assert site.seen[-1][1]["if-modified-since"] == changed


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=404),
        Answer(status=403),
        Answer(b"\x00\x01\x02\x03" * 100, headers={"Content-Type": "image/png"}),
        Answer(b"<html><head><title></title></head><body></body></html>"),
        Answer(b"x" * 11_000_000),
        Answer(status=302, headers={"Location": "/b"}),
        Answer(status=302, headers={"Location": "ftp://127.0.0.1/b"}),
    ],
    ids=["gone", "refused", "picture", "empty", "huge", "circle", "ftp"],
)
def test_an_item_whose_page_cannot_be_had_is_read_from_the_feed(
    site: NewsSite, run: Run, answer: Answer
) -> None:
    site.feed("/rss", "/a", "/b")
    site.story("/a", "dam")
    site.pages["/b"] = answer
    pages = {page.url: page for page in run(f"{site.address}/rss")}
    own = pages[f"{site.address}/b"]
    assert "The feed itself says of /b" in own.text
    assert own.media_type == "application/xml"
    assert pages[f"{site.address}/a"].media_type == "text/html"
    assert run(f"{site.address}/rss") == []
    assert any("read from the feed itself" in line for line in run.said)


def test_robots_txt_holds_for_pages_and_wildcards(site: NewsSite, run: Run) -> None:
    rules = b"User-agent: *\nDisallow: /*.print$\nDisallow: /closed/\nAllow: /closed/open"
    site.pages["/robots.txt"] = Answer(rules)
    site.feed("/rss", "/a.print", "/closed/x", "/closed/open", "/a.printed")
    for path in ("/a.print", "/closed/x", "/closed/open", "/a.printed"):
        site.story(path, "dam")
    pages = run(f"{site.address}/rss")
    assert len(pages) == 4
    assert {path for path, _ in site.seen} == {
        "/robots.txt",
        "/rss",
        "/closed/open",
        "/a.printed",
    }


@pytest.mark.parametrize("status", [500, 502, 599])
def test_a_feed_that_fails_is_asked_again(site: NewsSite, run: Run, status: int) -> None:
    site.feed("/rss", "/a")
    good = site.pages["/rss"]
    assert isinstance(good, Answer)
    site.pages["/rss"] = [Answer(status=status), good]
    site.story("/a", "dam")
    assert len(run(f"{site.address}/rss")) == 1
    assert site.asked("/rss") == 2


def test_a_feed_that_goes_on_failing_is_left_alone_for_a_while(site: NewsSite, run: Run) -> None:
    site.pages["/rss"] = Answer(status=500)
    for _ in range(2):
        assert run(f"{site.address}/rss") == []
    assert site.asked("/rss") == 3
    assert any("asked again in" in line and "since it failed" in line for line in run.said)
    assert "the server failed (500" in run.skipped[0]


@pytest.mark.parametrize(
    ("status", "headers", "asked"),
    [
        (429, {"Retry-After": "3600"}, 1),
        (503, {"Retry-After": http_date(3_600)}, 1),
        (429, {}, 1),
        (503, {"Retry-After": "soon"}, 1),
    ],
)
def test_a_server_is_spared_as_long_as_it_asks(
    site: NewsSite, run: Run, status: int, headers: dict[str, str], asked: int
) -> None:
    site.pages["/rss"] = Answer(status=status, headers=headers)
    run(f"{site.address}/rss")
    run(f"{site.address}/rss")
    assert site.asked("/rss") == asked


def test_a_short_wait_is_waited_out(
    site: NewsSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_module, "PATIENCE", 3.0)
    site.feed("/rss")
    good = site.pages["/rss"]
    assert isinstance(good, Answer)
    site.pages["/rss"] = [Answer(status=429, headers={"Retry-After": "1"}), good]
    began = time.monotonic()
    run(f"{site.address}/rss")
    assert site.asked("/rss") == 2
    assert time.monotonic() - began >= 1


def test_a_busy_server_is_asked_for_none_of_its_other_pages(site: NewsSite, run: Run) -> None:
    site.feed("/rss", "/a", "/b", "/c")
    for path in ("/a", "/b", "/c"):
        site.pages[path] = Answer(status=429, headers={"Retry-After": "600"})
    assert run(f"{site.address}/rss") == []
    assert sum(map(site.asked, ("/a", "/b", "/c"))) == 1


def test_a_page_that_goes_on_failing_is_read_from_the_feed_in_the_end(
    site: NewsSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_module, "RETRIES", (0.05, 0.05))
    site.feed("/rss", "/a")
    site.pages["/a"] = Answer(status=500)
    (page,) = run(f"{site.address}/rss")
    assert page.media_type == "application/xml"
    assert site.asked("/a") == 3


def test_permanent_redirections_are_remembered_and_others_not(site: NewsSite, run: Run) -> None:
    site.pages["/old"] = Answer(status=301, headers={"Location": "/new"})
    site.pages["/new"] = Answer(status=307, headers={"Location": "/today"})
    site.feed("/today")
    for _ in range(2):
        run(f"{site.address}/old")
    asked = [path for path, _ in site.seen if path != "/robots.txt"]
    assert asked == ["/old", "/new", "/today", "/new", "/today"]
    del site.pages["/new"]  # where it moved to is gone: it is asked where it was
    run(f"{site.address}/old")
    assert run.state.feed(f"{site.address}/old").address == f"{site.address}/old"


@pytest.mark.parametrize("slow", [True, False])
def test_slow_and_broken_answers_end(
    site: NewsSite, run: Run, monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    monkeypatch.setattr(asking_module, "_SECONDS", 0.6)
    monkeypatch.setattr(asking_module, "RETRIES", (60.0,))
    feed = rss(site.address, "/a")
    site.pages["/rss"] = Answer(feed, trickle=0.1 if slow else 0, cut=not slow)
    began = time.monotonic()
    assert run(f"{site.address}/rss") == []
    assert time.monotonic() - began < 3
    assert run.skipped


class _Dripping(socketserver.BaseRequestHandler):
    """Sends a header that never ends, a byte at a time."""

    def handle(self) -> None:
        with suppress(OSError):
            self.request.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while True:
                self.request.sendall(b"x")
                time.sleep(0.05)


def test_a_header_that_never_ends_is_ended() -> None:
    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), _Dripping) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        began = time.monotonic()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        with pytest.raises(PageError, match="took longer than"):
            addresses.fetch(address, addresses.Terms(seconds=0.5))
        assert time.monotonic() - began < 3
        server.shutdown()
        thread.join()


def test_what_is_packed_is_unpacked(site: NewsSite, run: Run) -> None:
    headers = {"Content-Type": "application/rss+xml", "Content-Encoding": "gzip"}
    site.pages["/rss"] = Answer(gzip.compress(rss(site.address, "/a")), headers=headers)
    bomb = gzip.compress(b"<p>x</p>" * 3_000_000)
    site.pages["/a"] = Answer(bomb, headers={**headers, "Content-Type": "text/html"})
    (page,) = run(f"{site.address}/rss")
    assert "The feed itself" in page.text


def test_a_json_feed_and_an_atom_feed_are_read(site: NewsSite, run: Run) -> None:
    items = [
        {"id": "1", "url": f"{site.address}/a", "content_text": "Of the dam in the valley."},
        {"id": "2", "title": "No address", "content_text": "The dam in the valley will hold."},
        {"id": "3", "url": f"{site.address}/c"},
    ]
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Valley", "items": items}
    site.pages["/feed.json"] = Answer(orjson.dumps(told))
    site.pages["/atom"] = Answer(
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>V</title><entry><id>tag:v,2026:d</id>"
        b"<title>Of the lock</title><link href='d'/><updated>2026-01-01T00:00:00Z</updated></entry>"
        b"</feed>"
    )
    for path in ("/a", "/c", "/d"):
        site.story(path, path[1:] * 4)
    pages = run(f"{site.address}/feed.json", f"{site.address}/atom")
    urls = sorted(page.url or "" for page in pages)
    assert urls == ["", *(f"{site.address}/{name}" for name in "acd")]
    assert run(f"{site.address}/feed.json", f"{site.address}/atom") == []


def test_an_item_that_says_it_was_changed_is_fetched_again(site: NewsSite, run: Run) -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>V</title><entry><id>tag:v,2026:d</id>"
        "<title>Of the lock</title><link href='/a'/><updated>{}</updated></entry></feed>"
    )
    for day, words in (("2026-01-01", "dam"), ("2026-01-01", "dam"), ("2026-01-02", "bridge")):
        site.pages["/atom"] = Answer(feed.format(f"{day}T00:00:00Z").encode())
        site.story("/a", words)
        pages = run(f"{site.address}/atom")
    assert "bridge" in pages[0].text
    assert site.asked("/a") == 2


def test_two_feeds_share_the_pages_that_both_list(site: NewsSite, run: Run) -> None:
    site.feed("/one", "/a")
    site.feed("/two", "/a")
    site.story("/a", "dam")
    assert len(run(f"{site.address}/one", f"{site.address}/two")) == 1
    assert site.asked("/a") == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (html("dam"), "not a feed"),
        (
            b"<html><link rel='alternate' type='application/rss+xml' href='/rss'></html>",
            "/rss",
        ),
        (b"<rss><channel><item>", "well-formed"),
        (b"<!DOCTYPE x [<!ENTITY e 'x'>]><rss><channel/></rss>", "entities"),
        (b"plain words", "is no feed"),
    ],
)
def test_what_is_no_feed_is_said_with_what_to_do(
    site: NewsSite, run: Run, body: bytes, said: str
) -> None:
    site.pages["/rss"] = Answer(body)
    assert run(f"{site.address}/rss") == []
    assert said in run.skipped[0]


@pytest.mark.parametrize(
    ("ip", "reach"),
    [
        ("93.184.215.14", Reach.PUBLIC),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", Reach.PUBLIC),
        ("10.0.0.1", Reach.PRIVATE),
        ("192.168.1.1", Reach.PRIVATE),
        ("100.64.0.1", Reach.PRIVATE),
        ("fd00::1", Reach.PRIVATE),
        ("::ffff:10.0.0.1", Reach.PRIVATE),
        ("64:ff9b::10.0.0.1", Reach.PRIVATE),
        ("127.0.0.1", Reach.LOCAL),
        ("::1", Reach.LOCAL),
        ("::ffff:127.0.0.1", Reach.LOCAL),
        ("169.254.169.254", Reach.ANYWHERE),
        ("fe80::1%eth0", Reach.ANYWHERE),
        ("::", Reach.ANYWHERE),
    ],
)
def test_how_far_in_an_address_lies(ip: str, reach: Reach) -> None:
    assert reach_of_ip(ip) is reach


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:7f00:1]"]
)
@pytest.mark.parametrize("how", ["link", "redirection"])
def test_feeds_do_not_lead_into_private_networks(
    site: NewsSite, host: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.story("/secret", "secret")
    secret = f"http://{host}:{site.server_port}/secret"
    if how == "redirection":
        # The first host counts as a public one here; only the second is looked at.
        site.pages["/open"] = Answer(status=302, headers={"Location": secret})
        monkeypatch.setattr("loader.pages.reach.reach_of_ip", _public_at_first(site))
        secret = f"{site.address}/open"
    with pytest.raises(PageError, match="not a public address"):
        addresses.fetch(secret, addresses.Terms(reach=Reach.PUBLIC))
    assert site.asked("/secret") == 0


def test_items_of_a_public_feed_lead_to_no_private_page(
    site: NewsSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = f"{site.address}/rss"
    site.story("/a", "secret")
    items = list_items(rss(site.address, "/a"), feed)
    later = time.time() + 600
    run.state.set_feed(Feed(feed=feed, address=feed, due=later, failures=1), items, now=0.0)
    monkeypatch.setattr(asking_module, "reach_of", lambda _: Reach.PUBLIC)
    (page,) = run(feed)
    assert "The feed itself" in page.text
    assert any("not a public address" in line for line in run.said)
    assert site.seen == []


def _public_at_first(site: NewsSite) -> Callable[[str], Reach]:
    def reach(ip: str) -> Reach:
        return Reach.LOCAL if site.asked("/open") else Reach.PUBLIC

    return reach


def test_a_name_that_is_looked_up_anew_leads_nowhere_else(
    site: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loader.pages.reach._ips", lambda host: ["93.184.215.14"])
    site.story("/secret", "secret")
    with pytest.raises(PageError, match="not a public address"):
        addresses.fetch(f"{site.address}/secret", addresses.Terms(reach=Reach.PUBLIC))
    assert site.seen == []


def test_a_feed_on_this_machine_may_link_to_this_machine(site: NewsSite) -> None:
    assert reach_of(site.address) is Reach.LOCAL
    site.story("/a", "dam")
    assert addresses.fetch(f"{site.address}/a", addresses.Terms(reach=Reach.LOCAL)).data
