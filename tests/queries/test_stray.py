"""A graph that an early version left in the user's home directory is named, and can be moved."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from loader.graph.journal import FILE
from queries.database import managed
from queries.server import Server
from queries.server.layout import Layout
from queries.settings import Settings
from queries.stray import JOURNAL, find_stray, note

NEWSGRAPH = (sys.executable, str(Path(__file__).parents[2] / "newsgraph.py"))
SQLITE = b"SQLite format 3\0"


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The home directory of a user without settings but the cache that all tests share."""
    cache = Settings().cache
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "a user"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("NEWSGRAPH_CACHE", str(cache))
    return folder


def make_store(home: Path) -> None:
    layout = Layout(home=home)
    layout.claim()
    layout.databases.mkdir(parents=True)


def test_the_journal_is_called_as_the_loader_calls_it() -> None:
    assert JOURNAL == FILE


def test_there_is_nothing_to_say_where_nothing_was_left(user: Path) -> None:
    assert find_stray(Settings()) is None
    assert note(Settings()) is None


def test_folders_of_other_programs_are_no_graph(user: Path) -> None:
    (user / "neo4j" / "data" / "databases").mkdir(parents=True)
    (user / JOURNAL).write_text("Dear diary")
    assert find_stray(Settings()) is None


def test_a_home_that_was_chosen_is_no_stray(user: Path) -> None:
    make_store(user)
    assert find_stray(Settings(home=user)) is None
    assert find_stray(Settings(home=user / "." / "x" / "..")) is None


def test_a_graph_is_named_until_it_is_moved_or_another_one_is_begun(user: Path) -> None:
    make_store(user)
    (user / JOURNAL).write_bytes(SQLITE)
    settings = Settings()
    stray = find_stray(settings)
    assert stray is not None
    assert (stray.folder, stray.names) == (user, ("neo4j", JOURNAL))
    said = note(settings)
    assert said is not None
    assert "\n" not in said
    assert stray.cure in said
    make_store(settings.home)
    assert note(settings) is None
    assert find_stray(settings) == stray


def test_with_a_named_server_only_the_journal_matters(user: Path) -> None:
    make_store(user)
    settings = Settings(neo4j_uri="bolt://db:7687")
    assert note(settings) is None
    (user / JOURNAL).write_bytes(SQLITE)
    assert JOURNAL in (note(settings) or "")
    settings.home.mkdir(parents=True)
    (settings.home / JOURNAL).write_bytes(SQLITE)
    assert note(settings) is None


def test_a_journal_never_takes_the_place_of_another(user: Path) -> None:
    (user / JOURNAL).write_bytes(SQLITE)
    settings = Settings()
    settings.home.mkdir(parents=True)
    (settings.home / JOURNAL).write_bytes(SQLITE)
    stray = find_stray(settings)
    assert stray is not None
    assert stray.cure == f"rm '{user / JOURNAL}'"


@pytest.fixture
def stop_all(user: Path) -> Iterator[None]:
    yield
    for home in (user, Settings().home):
        managed(Settings(home=home)).stop()


def newsgraph(*arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NEWSGRAPH, *arguments], env=env, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.neo4j
@pytest.mark.slow
@pytest.mark.usefixtures("stop_all")
@pytest.mark.skipif(sys.platform == "win32", reason="there the fault never was")
def test_the_line_that_is_said_moves_the_graph(user: Path) -> None:
    settings = Settings()
    old = Server(home=user, cache=settings.cache, memory="256m").start()
    with GraphDatabase.driver(old.uri, auth=(old.user, old.password)) as driver:
        driver.execute_query("CREATE (:Kept)")
    # A command whose note was missed has begun an empty graph; the line asks before it deletes it.
    binary = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{binary}{os.pathsep}{os.environ['PATH']}"}
    started = newsgraph("db", "start", env=env)
    assert started.returncode == 0
    assert started.stderr.count("newsgraph: Note:") == 1
    (line,) = (
        line.partition("→ to move it: ")[2]
        for line in newsgraph("doctor", env=env).stdout.splitlines()
        if "→ to move it: " in line
    )
    assert line in started.stderr
    subprocess.run(["/bin/sh", "-c", line], env=env, input="y\n", text=True, check=True)
    again = newsgraph("db", "start", env=env)
    assert "Note:" not in again.stderr
    assert "to move them:" not in newsgraph("doctor", env=env).stdout
    new = managed(settings).status().running
    assert new is not None
    with GraphDatabase.driver(new.uri, auth=(new.user, new.password)) as driver:
        assert driver.execute_query("MATCH (n:Kept) RETURN count(n) AS n").records[0]["n"] == 1
