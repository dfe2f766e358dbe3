"""The watch with a real database: what is new is loaded, once, whatever happens meanwhile."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Session
from neo4j.exceptions import ServiceUnavailable

from loader.graph.intake import Report
from loader.graph.journal import open_journal
from loader.graph.loading import load
from loader.graph.removing import remove
from loader.pages import addresses, manners
from loader.watch import folders, watching
from loader.watch.watching import Watch
from queries.database import Database
from tests.loader.extract.extracting import extract_lines
from tests.loader.watch.feed_server import Answer, NewsSite, html, news_site
from tests.loader.watch.killing import watch_until

TEXT = "The dam in the valley will hold for many years to come, said an engineer of {}."


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with news_site() as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manners, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(addresses, "_MANNERS", manners.Manners("newsgraph"))
    monkeypatch.setattr(folders, "STILL_SECONDS", 0.2)
    monkeypatch.setattr(folders, "LOOK_SECONDS", 0.1)


class Watching:
    """Watches once after the other with the same data directory."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.home = database, home
        self.said: list[str] = []

    def watch(self, *places: object, **more: object) -> Watch:
        return Watch(
            database=self.database,
            home=self.home,
            places=[str(place) for place in places],
            extractor=extract_lines,
            say=self.said.append,
            **more,  # type: ignore[arg-type]
        )

    def once(self, *places: object) -> Report:
        total = Report()
        for report in self.watch(*places, once=True).reports():
            total.pages += report.pages
            total.known += report.known
            total.replaced += report.replaced
            total.skipped += report.skipped
        return total

    def texts(self) -> list[str]:
        with self.database.session() as session:
            return _texts(session)


def _texts(session: Session) -> list[str]:
    return sorted(row["text"] for row in session.run("MATCH (a:Article) RETURN a.text AS text"))


@pytest.fixture
def watcher(graph: Database, tmp_path: Path) -> Watching:
    return Watching(graph, tmp_path / "home")


def test_new_and_changed_files_are_loaded_once(watcher: Watching, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT.format("Kenya"))
    (folder / "below").mkdir()
    (folder / "below" / "b.txt").write_text(TEXT.format("Peru"))
    (folder / ".hidden.txt").write_text(TEXT.format("Chad"))
    (folder / "c.txt.part").write_text(TEXT.format("Mali"))
    assert watcher.once(folder).pages == 2
    again = watcher.once(folder)
    assert (again.pages, again.known) == (0, 0)
    (folder / "a.txt").write_text(TEXT.format("Nepal"))
    (folder / "new.bin").write_bytes(b"\x00\x01\x02" * 99)
    changed = watcher.once(folder)
    assert (changed.pages, changed.replaced, len(changed.skipped)) == (1, 1, 1)
    assert watcher.once(folder).skipped == []
    assert watcher.texts() == [TEXT.format("Nepal"), TEXT.format("Peru")]


def test_a_file_that_is_being_written_waits(watcher: Watching, folder: Path) -> None:
    watch = watcher.watch(folder)
    path = folder / "growing.txt"
    (folder / "whole.txt").write_text(TEXT.format("Kenya"))
    words = TEXT.format("Peru").split(" ")

    def write() -> None:
        with path.open("w") as file:
            for word in words:
                file.write(f"{word} ")
                file.flush()
                time.sleep(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    loaded: list[list[str]] = []
    for _ in watch.reports():
        loaded.append(watcher.texts())
        if len(loaded[-1]) == 2:
            watch.stop.set()
    writer.join()
    assert loaded[0] == [TEXT.format("Kenya")]
    assert loaded[-1] == [TEXT.format("Kenya"), TEXT.format("Peru")]


def test_a_folder_that_goes_away_for_a_while_is_waited_for(
    watcher: Watching, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.txt").write_text(TEXT.format("Kenya"))
    watch = watcher.watch(folder)
    reports = watch.reports()
    assert next(reports).pages == 1
    folder.rename(tmp_path / "elsewhere")

    def back() -> None:
        while not any("cannot be listed" in line for line in watcher.said):
            time.sleep(0.02)
        (tmp_path / "elsewhere").rename(folder)
        (folder / "b.txt").write_text(TEXT.format("Peru"))

    thread = threading.Thread(target=back)
    thread.start()
    report = next(reports)
    thread.join()
    assert (report.pages, report.known) == (1, 0)
    reports.close()  # type: ignore[attr-defined]
    with pytest.raises(FileNotFoundError, match="check the path"):
        next(watcher.watch(tmp_path / "nowhere").reports())


def test_feeds_and_folders_come_into_the_graph(
    watcher: Watching, folder: Path, site: NewsSite
) -> None:
    (folder / "a.txt").write_text(TEXT.format("Kenya"))
    site.feed("/rss", "/a", "/b")
    site.story("/a", "dam")
    assert watcher.once(folder, f"{site.address}/rss").pages == 3
    assert watcher.once(folder, f"{site.address}/rss").pages == 0
    with watcher.database.session() as session:
        names = session.run("MATCH (p:Page) RETURN p.name AS name ORDER BY name").value()
    at = f"127.0.0.1:{site.server_port}"
    assert names == [f"{at}/a", f"{at}/b", "a.txt"]


def test_a_corrected_page_replaces_what_it_said(watcher: Watching, site: NewsSite) -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>V</title><entry><id>tag:v,2026:d</id>"
        "<title>Of the lock</title><link href='/a'/><updated>{}</updated></entry></feed>"
    )
    for day, words in (("2026-01-01", "dam"), ("2026-01-02", "bridge")):
        site.pages["/atom"] = Answer(feed.format(f"{day}T00:00:00Z").encode())
        site.story("/a", words)
        report = watcher.once(f"{site.address}/atom")
    assert report.replaced == 1
    text = " ".join(watcher.texts())
    assert "bridge" in text
    assert "dam" not in text


def test_a_database_that_goes_away_is_waited_for(
    watcher: Watching, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_AWAY_SECONDS", (0.1,))
    (folder / "a.txt").write_text(TEXT.format("Kenya"))
    failures = [ServiceUnavailable("gone"), ServiceUnavailable("gone")]

    def failing(*args: object, **kwargs: object) -> Report:
        if failures:
            raise failures.pop()
        return load(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "load", failing)
    watch = watcher.watch(folder)
    assert next(watch.reports()).pages == 1
    assert sum("does not respond" in line for line in watcher.said) == 2


def test_a_place_is_watched_by_one_at_a_time(watcher: Watching, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT.format("Kenya"))
    first = watcher.watch(folder).reports()
    assert next(first).pages == 1
    (folder / "b.txt").write_text(TEXT.format("Peru"))
    assert watcher.once(folder).pages == 0
    assert any("watched by another newsgraph" in line for line in watcher.said)
    first.close()  # type: ignore[attr-defined]
    assert watcher.once(folder).pages == 1


def test_being_stopped_loses_nothing(watcher: Watching, folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.txt").write_text(TEXT.format(f"place {number}"))
    watch = watcher.watch(folder)
    watch.stop.set()
    assert list(watch.reports()) == []
    assert watcher.once(folder).pages == 5


def test_what_the_graph_has_lost_is_loaded_again(
    watcher: Watching, folder: Path, site: NewsSite
) -> None:
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(TEXT.format(name * 3))
    site.feed("/rss", "/a", etag='"1"')
    site.story("/a", "dam")
    places = (folder, f"{site.address}/rss")
    assert watcher.once(*places).pages == 4
    texts = watcher.texts()
    with watcher.database.session() as session:
        remove(session, ["b.txt"])  # without the journal, as a backup that was restored
        session.run("MATCH (p:Page) WHERE p.url IS NOT NULL DETACH DELETE p").consume()
        with open_journal(watcher.home, session) as journal:
            remove(session, ["c.txt"], journal)  # by the user, and it stays away
    assert watcher.once(*places).pages == 2
    assert watcher.texts() == [text for text in texts if "ccc" not in text]
    assert watcher.once(*places).pages == 0


class Changing(NewsSite):
    """Pages that differ each time they are asked for, as those with a clock or advertisements."""

    def story(self, path: str, words: str, **more: object) -> None:
        page = html(words).decode()
        told = [page.replace("three days", f"{number} days") for number in range(50)]
        self.pages[path] = [Answer(each.encode()) for each in told]


def _killed(watcher: Watching, folder: Path, points: list[int]) -> None:
    for number in range(2):
        (folder / f"{number}.txt").write_text(TEXT.format(f"place {number}"))
    with news_site(Changing) as site:
        site.feed("/rss", "/a", "/b", "/c", etag='"1"')
        for path in ("/a", "/b"):
            site.story(path, path * 3)
        places = [str(folder), f"{site.address}/rss"]
        for point in points:
            watch_until(point, places, watcher.home, watcher.database)
        watcher.once(*places)
        assert watcher.once(*places).pages == 0
        urls = [f"{site.address}{path}" for path in ("/a", "/b", "/c")]
    with watcher.database.session() as session:
        found = session.run("MATCH (p:Page) RETURN coalesce(p.url, p.name) AS is").value()
        pending = session.run("MATCH (n:Name {resolution: 'pending'}) RETURN count(n)").single()
    assert sorted(found) == sorted([*urls, "0.txt", "1.txt"])
    assert pending is not None
    assert pending[0] == 0


@pytest.mark.parametrize("points", [[7], [14], [21, 12]])
def test_a_killed_watch_loads_each_page_once(
    watcher: Watching, folder: Path, points: list[int]
) -> None:
    _killed(watcher, folder, points)


@pytest.mark.slow
@pytest.mark.parametrize("point", range(1, 41, 2))
def test_a_watch_may_be_killed_anywhere(watcher: Watching, folder: Path, point: int) -> None:
    _killed(watcher, folder, [point])
