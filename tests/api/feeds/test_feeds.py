"""Feeds of saved questions over a real graph: each new match once, valid, and asked for cheaply."""

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import feedparser
import httpx
import orjson
import pytest
from anyio.to_thread import run_sync

from api.feed_jobs import (
    run_delete,
    run_feed,
    run_save_address,
    run_save_question,
    run_save_search,
)
from api.feeds import entries
from api.feeds import feeds as feeds_module
from api.feeds.atom import Heading, atom, authority_of
from api.feeds.feeds import FeedError, Feeds
from api.feeds.matching import matches
from api.feeds.record import FILE, Record, Told
from api.feeds.serving import router
from api.graphql.examples import read_questions
from api.http.errors import ApiError
from api.output import CommandError
from api.query_jobs import fill_in, read_question
from api.searches import Wanted
from api.site.assets import Assets
from api.site.frame import SiteFrame
from loader.graph.loading import load
from loader.graph.removing import remove
from loader.pages import Page
from queries.database import Database
from queries.settings import Settings
from tests.api.asking_http import BASE, ask
from tests.api.feeds.atom_rules import ATOM, check
from tests.loader.extract.extracting import extract_lines

DOCUMENT = """# All that is said
{ statements(first: 2, orderBy: [{ published: DESC }]) { nodes { text } } }
"""


class Desk:
    """A graph that pages come into and go from, and the feeds over it, at a time of the test's."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database = database
        self.settings = Settings(home=home)
        self.folder = home / "questions"
        self.folder.mkdir(parents=True)
        self.now = 1_800_000_000.0
        self.pages: dict[str, Page] = {}

    def save(self, name: str, text: str, variables: dict[str, Any] | None = None) -> None:
        (self.folder / f"{name}.graphql").write_text(text)
        if variables:
            (self.folder / f"{name}.variables.json").write_bytes(orjson.dumps(variables))

    def load(self, *texts: str) -> None:
        pages = [_page(text) for text in texts]
        with self.database.session() as session:
            load(session, extract_lines, pages)

    def remove(self, text: str) -> None:
        with self.database.session() as session:
            remove(session, [_page(text).name])

    def feeds(self) -> Feeds:
        return Feeds(
            self.database,
            Record(self.settings.home / FILE),
            base=BASE,
            questions=partial(read_questions, self.folder, named=False),
            clock=lambda: self.now,
        )

    def statements(self) -> set[str]:
        with self.database.session() as session:
            return set(session.run("MATCH (s:Statement) RETURN s.id").value())


def _page(text: str) -> Page:
    name = f"{sha256(text.encode()).hexdigest()[:8]}.txt"
    return Page(name=name, location=name, sha256=sha256(text.encode()).hexdigest(), text=text)


@pytest.fixture
def desk(graph: Database, tmp_path: Path) -> Desk:
    return Desk(graph, tmp_path)


def _told(desk: Desk, feeds: Feeds, name: str) -> list[str]:
    """The ids of the statements that a reader finds who turns over all pages of a feed."""
    found: list[str] = []
    page = None
    while True:
        root = check(feeds.document(name, page).data)
        found += [str(each.findtext(f"{ATOM}id")) for each in root.findall(f"{ATOM}entry")]
        older = [
            link.get("href")
            for link in root.findall(f"{ATOM}link")
            if link.get("rel") == "prev-archive"
        ]
        if not older:
            return [each.partition("/statement/")[2] for each in found]
        page = int(str(older[0]).rpartition("=")[2])


def _texts(start: int, count: int) -> list[str]:
    return [
        f"Of dam {number}\n\nThe dam number {number} in the valley will hold for many years.\n\n"
        f"Another dam, number {number}, will hold as well, said Ada Byron of The Daily Reed."
        for number in range(start, start + count)
    ]


def test_each_new_match_is_told_of_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds_module, "PAGE", 4)
    monkeypatch.setattr(feeds_module, "_MOST", 8)
    monkeypatch.setattr(entries, "_AT_ONCE", 3)
    desk.save("all", DOCUMENT)
    feeds = desk.feeds()
    assert _told(desk, feeds, "all") == []
    seen: list[str] = []
    texts = _texts(0, 8)
    for start in (0, 4):
        desk.now += 86_400
        desk.load(*texts[start : start + 4])
        told = _told(desk, feeds, "all")
        assert len(told) == len(set(told))
        assert {f"statement/{each}" for each in told} == desk.statements()
        assert [each for each in told if each in seen] == seen  # those before stay in their order
        seen = told
    before = feeds.document("all")
    desk.load(*texts)  # again, and nothing is new
    desk.now += 86_400
    assert _told(desk, desk.feeds(), "all") == seen
    desk.remove(texts[0])
    left = _told(desk, feeds, "all")
    assert len(left) < len(seen)
    assert {f"statement/{each}" for each in left} == desk.statements()
    desk.load(texts[0])
    assert _told(desk, feeds, "all") == seen
    again = check(feeds.document("all").data)
    times = {e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}updated") for e in check(before.data)}
    for entry in again.findall(f"{ATOM}entry"):
        identifier = entry.findtext(f"{ATOM}id")
        assert times.get(identifier) in (None, entry.findtext(f"{ATOM}updated"))


def test_a_feed_reader_reads_it(desk: Desk) -> None:
    desk.save("all", DOCUMENT)
    desk.load(*_texts(0, 4))
    read = feedparser.parse(desk.feeds().document("all").data)
    assert not read.bozo, read.bozo_exception
    assert read.version == "atom10"
    assert read.feed.title == "All that is said"
    assert len(read.entries) == len(desk.statements()) > 3
    for entry in read.entries:
        assert entry.link.startswith(f"{BASE}/statement/")
        assert entry.author
        assert entry.updated_parsed
        assert "blockquote" in entry.content[0].value


def test_what_markup_could_break_is_escaped() -> None:
    node = {
        "text": "“Rivers \x07rise, & <fall onload=x>,”",
        "act": "SAID",
        "denied": False,
        "source": None,
        "published": "2026-01-31",
        "attributedTo": {"id": "person/bo-ek", "name": "Bo <Ek> & Sons"},
        "statedIn": {
            "id": "article/a",
            "title": "<script>",
            "url": "javascript:alert(1)",
            "publishedBy": None,
            "writtenBy": {"nodes": []},
        },
    }
    told = Told(id="statement/å/1", kind="Statement", number=1, seen=1.9)
    made = entries.entry_of(told, node)
    heading = Heading(name="f", title="A & B", updated=1.9, links={"self": f"{BASE}/f"})
    data = atom(heading, [made], BASE)
    check(data)
    (entry,) = feedparser.parse(data).entries
    assert entry.id.endswith("/statement/%C3%A5/1")
    assert "Rivers \ufffdrise, &amp; &lt;fall" in entry.content[0].value
    assert "javascript" not in data.decode()
    assert entry.author == "Bo <Ek> & Sons"
    assert authority_of("https://news.example:8443/x") == "news.example"


def test_answers_say_whether_anything_is_new(desk: Desk) -> None:
    desk.save("all", DOCUMENT)
    desk.load(*_texts(0, 1))
    feeds = desk.feeds()
    pages = router(feeds, SiteFrame(links=(), assets=Assets()), in_thread=run_sync)
    get: Callable[..., httpx.Response] = partial(ask, pages, "/feeds/all.atom")
    first = get()
    assert first.status_code == 200
    assert first.headers["content-type"] == "application/atom+xml"
    check(first.content)
    assert "last-modified" not in first.headers  # within the same second there may be more
    desk.now += 60
    later = get(headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert (later.status_code, later.content) == (304, b"")
    since = {"If-Modified-Since": later.headers["last-modified"]}
    assert get(headers=since).status_code == 304
    assert get(method="HEAD").headers["etag"] == first.headers["etag"]
    desk.load(*_texts(1, 1))
    for headers in (since, {"If-None-Match": first.headers["etag"]}):
        assert get(headers=headers).status_code == 200
    assert ask(pages, "/feeds/denials.atom").status_code == 200  # a question without variables
    listed = ask(pages, "/feeds")
    assert "/feeds/all.atom" in listed.text
    for path, status in (
        ("/feeds/none.atom", 404),
        ("/feeds/claims-about-a-country.atom", 404),
        ("/feeds/all.atom?page=99", 404),
    ):
        with pytest.raises(ApiError) as raised:
            ask(pages, path)
        assert raised.value.status == status


def test_an_unchanged_graph_is_not_asked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = matches

    def counting(*arguments: Any) -> Sequence[Any]:
        asked.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(feeds_module, "matches", counting)
    desk.save("all", DOCUMENT)
    desk.load(*_texts(0, 1))
    feeds = desk.feeds()
    for _ in range(3):
        feeds.document("all")
    assert len(asked) == 1
    desk.save("all", DOCUMENT.replace("first: 2", 'where: {text: {contains: "Another"}}'))
    feeds.look_at_all()
    assert len(asked) == 2


def test_what_cannot_be_followed_is_said(desk: Desk) -> None:
    desk.save("broken", "# B\n{ statements { nodes { colour } } }")
    desk.save("alone", '# A\n{ country(id: "country/KE") { name } }')
    desk.save("all", DOCUMENT)
    desk.load(*_texts(0, 1))
    feeds = desk.feeds()
    feeds.look_at_all()
    with pytest.raises(FeedError, match="colour"):
        feeds.document("broken")
    with pytest.raises(FeedError, match="no list"):
        feeds.document("alone")
    assert check(feeds.document("all").data).findall(f"{ATOM}entry")


@pytest.fixture
def saved(desk: Desk) -> Desk:
    desk.load(*_texts(0, 8))
    return desk


def test_searches_questions_and_lists_are_saved(saved: Desk, tmp_path: Path) -> None:
    settings, database = saved.settings, saved.database
    wanted = Wanted(meaning=False)
    run_save_search(settings, database, "rivers", "rivers rise", wanted, replace=False)
    run_save_question(settings, database, "denied", "denials", {}, replace=False)
    address = f"{BASE}/statements?text=ivers+rise&sort=oldest&acts=all"
    run_save_address(settings, "listed", address, replace=False)
    run_save_address(settings, "found", "/search?q=rivers+rise&type=statement", replace=False)
    run_save_address(settings, "byron", "/person/ada-byron", replace=False)
    feeds = saved.feeds()
    counts = {
        each.name: len(check(feeds.document(each.name).data).findall(f"{ATOM}entry"))
        for each in feeds.listed()
        if each.folder == saved.folder
    }
    with database.session() as session:
        question = "MATCH (s:Statement) WHERE s.text CONTAINS 'ivers rise' RETURN count(s)"
        there = session.run(question).single(strict=True)[0]
    assert counts["rivers"] == counts["found"] == counts["listed"] == there > 0
    assert set(counts) == {"rivers", "denied", "listed", "found", "byron"}
    # A saved question is a question as any other.
    example = fill_in(database, read_question(settings, "rivers", {}), {})
    assert example.title == "Search: rivers rise"
    out = tmp_path / "rivers.atom"
    run_feed(settings, database, "rivers", str(out), None)
    check(out.read_bytes())
    run_delete(settings, "rivers")
    with pytest.raises(CommandError, match="no feed 'rivers'"):
        run_feed(settings, database, "rivers", None, None)


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("denials", "/statements", "built-in"),
        ("Über uns", "/statements", "small letters"),
        ("taken", "/statements", "--replace"),
        ("new", "/nothing", "no list or search"),
        ("new", "/search?q=", "no words"),
        ("new", "/statements?sort=colour", "cannot be sorted"),
    ],
)
def test_what_cannot_be_saved_is_said(tmp_path: Path, name: str, address: str, said: str) -> None:
    settings = Settings(home=tmp_path)
    run_save_address(settings, "taken", "/claims", replace=False)
    with pytest.raises(CommandError, match=said):
        run_save_address(settings, name, address, replace=False)
    run_save_address(settings, "taken", "/statements", replace=True)
