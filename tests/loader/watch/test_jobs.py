"""``newsgraph watch`` and the folders of ``newsgraph up``: what they say, and how they end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from loader.watch import folders, jobs
from loader.watch.jobs import marked_as_loaded, read_duration, run_watch, watched_meanwhile
from queries.database import Database
from tests.loader.extract.extracting import extract_lines

TEXT = "The dam in the valley will hold for many years to come, said an engineer of {}."


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "STILL_SECONDS", 0.2)
    monkeypatch.setattr(folders, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(jobs, "watch_extractor", lambda _: extract_lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    (made / "a.txt").write_text(TEXT.format("Kenya"))
    return made


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def _pages(database: Database) -> int:
    with database.session() as session:
        return int(session.run("MATCH (p:Page) RETURN count(p)").single(strict=True)[0])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15m", 900), ("90s", 90), ("1h30m", 5_400), ("1d", 86_400), (" 2H ", 7_200), ("1.5m", 90)],
)
def test_lengths_of_time_are_read(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["15", "m", "", "15 minutes", "-5m", "0s", "1h x", "5mm"])
def test_what_is_no_length_of_time_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="such as 15m"):
        read_duration(text)


def test_a_single_run_says_what_it_did(
    graph: Database, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)
    assert run_watch(graph, [str(folder)], home=tmp_path / "home", once=True) == 1
    said = capsys.readouterr().err
    assert "Loading 2 new or changed files" in said
    assert "1 page loaded: 1 article" in said
    assert "picture.png" in said
    assert run_watch(graph, [str(folder)], home=tmp_path / "home", once=True) == 0
    assert capsys.readouterr().err == "Nothing new.\n"


def test_ctrl_c_ends_a_watch_that_has_lost_nothing(
    graph: Database, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt() -> None:
        _until(lambda: _pages(graph) == 1)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    assert run_watch(graph, [str(folder)], home=tmp_path / "home") == 0
    thread.join()
    said = capsys.readouterr().err
    assert said.startswith("Watching 1 folder. Press Ctrl-C to stop.\n")
    assert said.endswith("Stopped: everything that was loaded is in the graph.\n")
    run_watch(graph, [str(folder)], home=tmp_path / "home", once=True)
    assert _pages(graph) == 1


def test_folders_are_watched_while_something_else_runs(
    graph: Database, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    with marked_as_loaded(graph, [str(folder)], home=home):
        pass  # as if they had been loaded here
    with watched_meanwhile(graph, [str(folder)], home=home):
        (folder / "b.txt").write_text(TEXT.format("Peru"))
        _until(lambda: _pages(graph) == 1)
    (folder / "c.txt").write_text(TEXT.format("Chad"))
    time.sleep(0.5)
    assert _pages(graph) == 1
    assert "Loading 1 new or changed file" in capsys.readouterr().err


@pytest.mark.slow
def test_the_command_watches_until_it_is_interrupted(
    environment: Mapping[str, str], graph: Database, folder: Path
) -> None:
    command = [str(Path(sys.executable).with_name("newsgraph")), "watch", str(folder)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    _until(lambda: _pages(graph) == 1)
    (folder / "b.txt").write_text(TEXT.format("Peru"))
    _until(lambda: _pages(graph) == 2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    once = subprocess.run([*command, "--once"], env=environment, check=True, capture_output=True)
    assert b"Nothing new." in once.stderr
