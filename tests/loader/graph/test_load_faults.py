"""The load command where things go wrong: it says so, keeps what is written, and goes on later."""

import contextlib
import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from loader.extract.extractors import InProcess
from loader.extract.pipeline import load_pipeline
from loader.graph.intake import Report
from loader.graph.metrics import MetricsError, served_metrics
from loader.graph.schema import prepare
from loader.jobs import LoadError, load_pages
from loader.pages import Page, SkippedPage
from ontology.model import load_model
from ontology.records import ExtractedPage
from queries.counts import counted
from queries.database import Database, open_database
from queries.server import RunningServer
from tests.loader.graph.cutting_proxy import cutting_proxy
from tests.loader.graph.own_server import own_server
from tests.loader.graph.test_writer import settled, snapshot

TEXT = (
    "“The dam {} will hold,” said Ada Byron, an engineer in Kenya. “We checked it twice,” she said."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number in range(60):
        (folder / f"{number:02}.txt").write_text("\n\n".join([TEXT.format(number)] * 8))
    return folder


def run(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["newsgraph", "load", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def logged(environment: dict[str, str]) -> dict[str, str]:
    """An environment in which a load tells each step as JSON."""
    return {**environment, "NEWSGRAPH_LOG_LEVEL": "INFO", "NEWSGRAPH_LOG_FORMAT": "json"}


def events(lines: Iterator[str]) -> Iterator[dict[str, object]]:
    for line in lines:
        if line.startswith("{"):
            yield json.loads(line)


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_a_load_that_is_asked_to_stop_commits_what_it_read_and_goes_on_later(
    graph: Database, logged: dict[str, str], folder: Path, number: signal.Signals
) -> None:
    with run(logged, str(folder), "--workers", "1") as job:
        assert job.stderr is not None
        assert next(events(iter(job.stderr.readline, "")))["message"] == "page extracted"
        job.send_signal(number)
        said = job.communicate(timeout=600)[1]
        assert job.returncode == 130, said
    loaded = re.search(r"^(\d+) pages? loaded", said, re.MULTILINE)
    assert loaded is not None
    written = int(loaded[1])
    with graph.session() as session:
        stored = session.run("MATCH (p:Page) RETURN count(p) AS n").single(strict=True)["n"]
    assert 0 < written == stored < 60
    with run(logged, str(folder), "--workers", "1") as job:
        said = job.communicate(timeout=600)[1]
        assert job.returncode == 0, said
    assert f"{counted(60 - written, 'page')} loaded" in said
    assert f"{counted(written, 'page was', 'pages were')} already in the graph" in said


@pytest.mark.slow
def test_a_lost_database_is_one_sentence_and_loses_nothing(
    graph: Database, logged: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    with cutting_proxy(graph.uri, []) as proxy:
        through = {**logged, "NEO4J_URI": proxy.uri}
        with run(through, str(folder), "--workers", "1") as job:
            assert job.stderr is not None
            assert next(events(iter(job.stderr.readline, "")))["message"] == "page extracted"
            proxy.close()
            proxy.cut_all()
            said = job.communicate(timeout=600)[1]
    assert job.returncode == 1, said
    assert "0 pages loaded: 0 articles, with 0 statements" in said
    assert "the database does not respond; trying again for 30 seconds" in said
    last = said.splitlines()[-1]
    assert last.startswith("newsgraph: The load ended because the database did not respond any")
    assert last.endswith("is in the graph; run the same command again to resume.")
    with run(logged, str(folder), "--workers", "1") as job:
        assert job.communicate(timeout=600)[1]
        assert job.returncode == 0
    with graph.session() as session:
        stored = session.run("MATCH (p:Page) RETURN count(p) AS n").single(strict=True)["n"]
    assert stored == 60


def test_a_server_that_is_gone_is_not_waited_for(
    graph: Database, folder: Path, tmp_path: Path
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    server = RunningServer(
        uri="", user="", password="", browser_url="", log=tmp_path / "log", pid=ended.pid
    )
    report = Report()
    with (
        cutting_proxy(graph.uri, []) as proxy,
        GraphDatabase.driver(proxy.uri, auth=graph.auth) as driver,
        driver.session(database=graph.name) as session,
    ):

        def dying(pages: Iterable[Page]) -> Iterator[ExtractedPage | SkippedPage]:
            yield from InProcess(load_pipeline)(pages)
            proxy.close()
            proxy.cut_all()

        began = time.monotonic()
        with pytest.raises(LoadError) as raised:
            load_pages(
                session, [str(folder / "00.txt")], dying, report, progress=False, server=server
            )
    assert time.monotonic() - began < 10
    assert report.statements == 0
    assert str(raised.value) == (
        f"The load ended because Neo4j did: its process {ended.pid} is gone (its log:"
        f" {tmp_path / 'log'}). The next command starts it again. Everything counted above is in"
        " the graph; run the same command again to resume."
    )


@pytest.mark.slow
def test_a_killed_server_is_told_at_once_and_started_by_the_next_command(
    environment: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    alone = {k: v for k, v in environment.items() if not k.startswith("NEO4J_")}
    alone |= {"NEWSGRAPH_HOME": str(tmp_path), "NEWSGRAPH_LOG_LEVEL": "INFO"}
    with own_server(tmp_path) as own:
        with open_database(own) as database:
            assert database.server is not None
            pid = database.server.pid
        with run(alone, str(folder), "--workers", "1") as job:
            assert job.stderr is not None
            while "page extracted" not in job.stderr.readline():
                pass
            os.kill(pid, signal.SIGKILL)
            began = time.monotonic()
            said = job.communicate(timeout=600)[1]
        assert time.monotonic() - began < 60  # it reads what it began, and starts no more
        assert f"its process {pid} is gone" in said.splitlines()[-1]
        with run(alone, str(folder), "--workers", "1") as job:
            assert job.communicate(timeout=600)[1]
            assert job.returncode == 0
        with open_database(own) as database, database.session() as session:
            count = "MATCH (p:Page) RETURN count(p) AS n"
            assert session.run(count).single(strict=True)["n"] == 60


@pytest.mark.slow
@pytest.mark.parametrize(
    ("left", "logged", "telling"),
    [
        pytest.param(0, 0, "database or disk is full", id="no room for the journal"),
        pytest.param(1 << 20, 13, "because Neo4j cannot write", id="no room for Neo4j's next log"),
    ],
)
def test_a_full_disk_is_one_sentence_and_the_load_goes_on_when_there_is_room(
    graph: Database,
    environment: dict[str, str],
    folder: Path,
    tmp_path: Path,
    left: int,
    logged: int,
    telling: str,
) -> None:
    """Neo4j's log has 16 MB for itself from the start; so many of them are written before."""
    with run(environment, str(folder)) as job:
        job.communicate(timeout=600)
    with graph.session() as session:
        wanted = settled(session)
    home = tmp_path / "small"
    home.mkdir()
    alone = {k: v for k, v in environment.items() if not k.startswith("NEO4J_")}
    alone["NEWSGRAPH_HOME"] = str(home)
    with small_disk(home) as fill, own_server(home) as own:
        with open_database(own) as database, database.session() as session:
            prepare(session, load_model())
            for _ in range(logged):
                session.run("CREATE (:Filler {text: $text})", text="x" * (1 << 20)).consume()
        filler = fill(left)
        with run(alone, str(folder)) as job:
            said = job.communicate(timeout=600)[1]
        assert job.returncode == 1, said
        assert "Traceback" not in said
        assert telling in said.splitlines()[-1]
        assert not (home / "journal.damaged").exists()
        filler.unlink()  # and the next command restarts it
        with run(alone, str(folder)) as job:
            said = job.communicate(timeout=600)[1]
        assert job.returncode == 0, said
        with open_database(own) as database, database.session() as session:
            session.run("MATCH (filler:Filler) DELETE filler").consume()
            assert settled(session) == wanted


@contextmanager
def small_disk(folder: Path, size: str = "900m") -> Iterator[Callable[[int], Path]]:
    """A disk of its own at ``folder``; yields what fills it up but for so many bytes.

    That gives the file to delete when there is to be room again.
    """
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")

    def fill(left: int) -> Path:
        filler = folder / "filler"
        with filler.open("wb", buffering=0) as file:
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(1 << 16))
            file.truncate(file.tell() - left)
        return filler

    try:
        yield fill
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_dry_run_lists_what_would_be_loaded_and_writes_nothing(
    graph: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    old, new = tmp_path / "pages.jsonl", tmp_path / "text.txt"
    rows = [
        {"text": TEXT.format(day), "title": f"Of day {day}", "published": f"2026-01-{day:02}"}
        for day in (1, 20)
    ]
    old.write_text("\n".join(map(json.dumps, rows)))
    new.write_text(TEXT)
    arguments = [str(tmp_path), "--since", "2026-01-10", "--exclude", "home*"]
    job = run(environment, *arguments, "--dry-run")
    listed, said = job.communicate(timeout=600)
    assert "2 pages with" in said
    assert "1 skipped" in said
    assert "published on 2026-01-01, before 2026-01-10" in said
    assert len(listed.splitlines()) == 2
    with graph.session() as session:
        assert snapshot(session) == ([], [])
    said = run(environment, *arguments).communicate(timeout=600)[1]
    assert "2 pages loaded" in said
    with graph.session() as session:
        dates = session.run("MATCH (a:Article) RETURN toString(a.published) AS day").value("day")
    assert sorted(map(str, dates)) == ["2026-01-20", "None"]


def test_a_load_tells_prometheus_its_figures() -> None:
    report = Report(pages=3, articles=7)
    report.retries.deadlocks = 2
    report.skipped.append(SkippedPage(name="p", location="p", reason="slow", message="p: slow"))
    with served_metrics(report, 0) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            told = answer.read().decode()
        with pytest.raises(MetricsError, match="another port"), served_metrics(report, port):
            pass
    assert "newsgraph_load_pages_total 3.0" in told
    assert "newsgraph_load_articles_total 7.0" in told
    assert 'newsgraph_load_pages_skipped_total{reason="slow"} 1.0' in told
    assert 'newsgraph_load_retries_total{reason="deadlock"} 2.0' in told
    assert "process_resident_memory_bytes" in told


def test_a_log_of_json_is_an_object_a_line(
    environment: dict[str, str], logged: dict[str, str], graph: Database, tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text(TEXT)
    said = run(logged, str(tmp_path / "page.txt")).communicate(timeout=600)[1]
    found = {event["message"]: event for event in events(iter(said.splitlines()))}
    assert found["page extracted"]["page"] == "page.txt"
    assert found["batch written"]["pages"] == 1
    assert {"time", "level", "logger"} < found["batch written"].keys()
