"""The journal: which page stood where, so that a changed one replaces what it said."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from neo4j import Session

from loader.extract.extractors import Extracted
from loader.graph.intake import Report
from loader.graph.journal import SCHEMA, Journal, open_journal
from loader.graph.loading import load
from loader.graph.removing import remove
from loader.pages import Page, read
from queries.database import Database
from tests.loader.extract.extracting import extract_lines
from tests.loader.graph.test_writer import empty, snapshot

OLD = "The first text of a page, long enough to be one and in plain English."
BEGAN = datetime(2026, 1, 31, 9, tzinfo=UTC)
NEW = "Another text that stands in its place, and it is in plain English too."


@pytest.fixture
def session(graph: Database) -> Iterator[Session]:
    with graph.session() as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    (folder / "a").mkdir(parents=True)
    (folder / "b").mkdir()
    return folder


def load_folder(session: Session, home: Path, folder: Path) -> Report:
    with open_journal(home, session) as journal:
        return load(session, extract_lines, read([folder]), journal=journal, started=BEGAN)


def texts(session: Session) -> list[str]:
    return sorted(row["text"] for row in session.run("MATCH (a:Article) RETURN a.text AS text"))


def test_a_changed_page_replaces_what_it_said(session: Session, home: Path, folder: Path) -> None:
    page = folder / "a" / "page.txt"
    page.write_text(OLD)
    load_folder(session, home, folder)
    page.write_text(NEW)
    assert load_folder(session, home, folder).replaced == 1
    replaced = snapshot(session)
    empty(session)
    load_folder(session, home / "other", folder)
    assert replaced == snapshot(session)
    assert texts(session) == [NEW]


def test_pages_of_one_name_in_two_folders_are_two(
    session: Session, home: Path, folder: Path
) -> None:
    (folder / "a" / "page.txt").write_text(OLD)
    load_folder(session, home, folder / "a")
    (folder / "b" / "page.txt").write_text(NEW)
    assert load_folder(session, home, folder / "b").replaced == 0
    assert texts(session) == sorted([OLD, NEW])


def test_pages_that_change_places_both_stay(session: Session, home: Path, folder: Path) -> None:
    one, other = folder / "a" / "page.txt", folder / "b" / "page.txt"
    one.write_text(OLD)
    other.write_text(NEW)
    load_folder(session, home, folder)
    one.write_text(NEW)
    other.write_text(OLD)
    load_folder(session, home, folder)
    assert texts(session) == sorted([OLD, NEW])


def test_a_page_stays_while_another_place_holds_it(
    session: Session, home: Path, folder: Path
) -> None:
    one, other = folder / "a" / "page.txt", folder / "b" / "page.txt"
    one.write_text(OLD)
    other.write_text(OLD)
    load_folder(session, home, folder)
    one.write_text(NEW)
    load_folder(session, home, folder)
    assert texts(session) == sorted([OLD, NEW])
    other.write_text(NEW)
    load_folder(session, home, folder)
    assert texts(session) == [NEW]


def test_a_lost_or_damaged_journal_is_harmless(session: Session, home: Path, folder: Path) -> None:
    (folder / "a" / "page.txt").write_text(OLD)
    load_folder(session, home, folder)
    for file in home.iterdir():
        file.unlink()
    (home / "journal.sqlite").write_bytes(b"no database" * 1000)
    assert load_folder(session, home, folder).known == 1
    assert texts(session) == [OLD]
    assert (home / "journal.damaged").exists()


def test_a_journal_that_cannot_be_opened_now_is_not_put_aside(session: Session, home: Path) -> None:
    with open_journal(home, session) as journal:
        journal.record([("/pages/a.txt", "page/1")])
    (home / "journal.sqlite-wal").mkdir()  # what SQLite is to write, it cannot
    with pytest.raises(sqlite3.OperationalError), open_journal(home, session):
        pass
    assert not (home / "journal.damaged").exists()
    (home / "journal.sqlite-wal").rmdir()
    with open_journal(home, session) as journal:
        assert journal.pages_at("/pages/a.txt") == ["page/1"]


def test_a_load_that_ends_early_replaces_when_it_is_finished(
    session: Session, home: Path, folder: Path
) -> None:
    page = folder / "a" / "page.txt"
    page.write_text(OLD)
    load_folder(session, home, folder)
    page.write_text(NEW)

    def failing(pages: Iterable[Page]) -> Iterator[Extracted]:
        yield from extract_lines(pages)
        raise KeyError("the end")

    with open_journal(home, session) as journal, pytest.raises(KeyError):
        load(session, failing, read([folder]), journal=journal, batch_rows=1)
    assert texts(session) == sorted([OLD, NEW])
    load_folder(session, home, folder)
    assert texts(session) == [NEW]


def test_removing_by_path_takes_the_pages_below_it(
    session: Session, home: Path, folder: Path
) -> None:
    (folder / "a" / "page.txt").write_text(OLD)
    (folder / "b" / "page.txt").write_text(NEW)
    load_folder(session, home, folder)
    with open_journal(home, session) as journal:
        removed = remove(session, [str(folder / "a")], journal)
        assert (removed.pages, removed.unknown) == (1, ())
        assert journal.pages_at(str(folder / "a")) == []
    assert texts(session) == [NEW]
    assert load_folder(session, home, folder).pages == 1  # what was removed can come back


def test_an_address_is_the_same_place_from_every_folder(
    session: Session, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://example.org/dam?day=1"
    for text, folder in ((OLD, tmp_path), (NEW, tmp_path.parent)):
        monkeypatch.chdir(folder)
        page = Page(
            name="dam", location=address, sha256=sha256(text.encode()).hexdigest(), text=text
        )
        with open_journal(home, session) as journal:
            load(session, extract_lines, [page], journal=journal, started=BEGAN)
    assert texts(session) == [NEW]
    with open_journal(home, session) as journal:
        assert remove(session, [address], journal).pages == 1


def test_another_database_has_other_places() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(SCHEMA)
    one, other = Journal(connection, "one"), Journal(connection, "other")
    one.record([("/p", "page/1")])
    other.record([("/p", "page/2")])
    assert list(one.displaced()) == []
    assert one.pages_at("/p") == ["page/1"]
    connection.close()
