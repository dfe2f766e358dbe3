"""The managed server: one a data directory, up until it is stopped, whatever happens to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import LiteralString

import psutil
import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from queries.server import RunningServer, Server, ServerError
from queries.server.layout import Layout
from queries.server.process import end, find, free_port, listens
from queries.settings import Settings

pytestmark = pytest.mark.neo4j

MALFORMED = [
    "",
    "{half",
    "\xff\xfe",
    "null",
    "[]",
    "-1",
    "{}",
    '{"bolt": 7687, "http": 7474}',
    '{"pid": 1234, "http": 7474}',
    *(
        f'{{"pid": {pid}, "bolt": 7687, "http": 7474}}'
        for pid in (
            "-1",
            "0",
            '"x"',
            '"1"',
            "1e30",
            "1.5",
            "NaN",
            "true",
            "null",
            "[1]",
            "2147483648",
        )
    ),
    *(
        f'{{"pid": 1234, "bolt": {port}, "http": 7474}}'
        for port in ("-1", "0", '"x"', "99999", "1e30", "null")
    ),
    "[" * 100_000,
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a data directory of its own, and the jars that all share."""
    server = Server(home=tmp_path_factory.mktemp("home"), cache=Settings().cache, memory="256m")
    yield server
    server.stop()


@pytest.fixture
def running(server: Server) -> RunningServer:
    return server.start()


def ask(running: RunningServer, statement: LiteralString) -> list[object]:
    with (
        GraphDatabase.driver(running.uri, auth=(running.user, running.password)) as driver,
        driver.session() as session,
    ):
        return list(session.run(statement).value())


def test_of_two_starts_at_once_one_starts_and_the_other_uses_it(server: Server) -> None:
    assert server.status().running is None
    with ThreadPoolExecutor() as pool:
        one, other = pool.map(lambda _: server.start(), range(2))
    assert one == other == server.status().running


def test_the_server_lets_nobody_in_without_the_password(
    server: Server, running: RunningServer
) -> None:
    password = server.home / "neo4j" / "password"
    assert password.stat().st_mode & 0o777 == 0o600
    assert password.read_text("utf-8").strip() == running.password
    assert (server.home / "neo4j").stat().st_mode & 0o777 == 0o700
    made = [path for path in (server.home / "neo4j" / "data").rglob("*") if path.is_file()]
    assert made
    assert not [path for path in made if path.stat().st_mode & 0o077]
    assert running.password.isalnum()  # what begins with a dash is an option to Neo4j's command
    with (
        GraphDatabase.driver(running.uri, auth=("neo4j", "neo4j")) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


def test_the_server_listens_on_this_machine_alone(running: RunningServer) -> None:
    connections = psutil.Process(running.pid).net_connections(kind="tcp")
    listening = {c.laddr.ip for c in connections if c.status == psutil.CONN_LISTEN}
    assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}


def test_no_argument_of_the_process_is_the_password(running: RunningServer) -> None:
    assert not any(running.password in part for part in psutil.Process(running.pid).cmdline())


def test_the_browser_is_served(running: RunningServer) -> None:
    with urllib.request.urlopen(running.browser_url, timeout=30) as answer:  # noqa: S310
        assert b"<html" in answer.read().lower()


def test_words_can_be_searched(running: RunningServer) -> None:
    ask(running, "CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:Note) ON EACH [n.text]")
    ask(running, "CALL db.awaitIndexes(60)")
    ask(running, "CREATE (:Note {text: 'the dam will hold'})")
    found = ask(running, "CALL db.index.fulltext.queryNodes('words', 'dam') YIELD node RETURN node")
    assert len(found) == 1


def test_the_server_outlives_the_command_that_started_it(
    server: Server, running: RunningServer
) -> None:
    assert os.getsid(running.pid) == running.pid != os.getsid(0)
    status = subprocess.run(
        [sys.executable, "-c", _STATUS, str(server.home), str(server.cache)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert status.stdout.strip() == running.uri


_STATUS = """
import sys
from pathlib import Path
from queries.server import Server
print(Server(home=Path(sys.argv[1]), cache=Path(sys.argv[2])).status().running.uri)
"""


def test_a_killed_server_is_started_again_with_its_data_on_a_free_port(
    server: Server, running: RunningServer
) -> None:
    ask(running, "CREATE (:Kept)")
    os.kill(running.pid, signal.SIGKILL)
    psutil.Process(running.pid).wait()
    assert server.status().running is None
    port = int(running.uri.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        again = server.start()
    assert again.pid != running.pid
    assert again.uri != running.uri
    assert again.password == running.password
    assert ask(again, "MATCH (n:Kept) RETURN count(n)") == [1]


def test_a_server_whose_password_is_lost_says_so(server: Server, running: RunningServer) -> None:
    password = server.home / "neo4j" / "password"
    kept = password.rename(password.with_suffix(".kept"))
    try:
        with pytest.raises(
            ServerError, match="password file password is missing; restore the file"
        ):
            server.start()
    finally:
        kept.rename(password)
    assert server.start() == running


def test_a_stopped_server_is_gone_and_can_be_stopped_again(
    server: Server, running: RunningServer
) -> None:
    assert server.stop()
    assert not psutil.pid_exists(running.pid)
    assert not server.stop()
    assert server.status().running is None
    assert server.status().has_data


def test_a_process_with_the_number_of_ours_is_not_ours(server: Server) -> None:
    state = server.home / "neo4j" / "server.json"
    state.write_text(json.dumps({"pid": os.getpid(), "bolt": 1, "http": 2}), "utf-8")
    assert server.status().running is None
    assert not server.stop()


@pytest.mark.parametrize("text", MALFORMED)
def test_a_state_that_is_not_valid_counts_as_none(tmp_path: Path, text: str) -> None:
    layout = Layout(home=tmp_path)
    layout.claim()
    (layout.root / "server.json").write_bytes(text.encode("latin-1"))
    server = Server(home=tmp_path, cache=tmp_path / "cache")
    assert layout.state() is None
    assert server.status().running is None
    assert not server.stop()


@pytest.mark.parametrize("text", ["", '{"pid": -1, "bolt": 1, "http": 2}'])
def test_a_running_server_is_found_without_its_state(
    server: Server, running: RunningServer, text: str
) -> None:
    state = server.home / "neo4j" / "server.json"
    before = state.read_bytes()
    state.write_text(text, "utf-8")
    assert server.start() == running
    assert state.read_bytes() == before
    state.write_text(text, "utf-8")
    assert server.stop()
    assert not psutil.pid_exists(running.pid)


def test_a_running_server_whose_ports_are_lost_can_be_stopped(
    server: Server, running: RunningServer
) -> None:
    (server.home / "neo4j" / "server.json").unlink()
    (server.home / "neo4j" / "conf" / "neo4j.conf").unlink()
    with pytest.raises(ServerError, match=r"server\.json.*newsgraph db stop"):
        server.status()
    assert server.stop()
    assert not psutil.pid_exists(running.pid)


def test_a_server_whose_state_cannot_be_kept_is_not_left_running(server: Server) -> None:
    server.stop()
    state = server.home / "neo4j" / "server.json"
    state.unlink(missing_ok=True)
    state.mkdir()
    try:
        with pytest.raises(ServerError, match=r"server\.json"):
            server.start()
        assert server.status().running is None
    finally:
        state.rmdir()


def test_a_password_that_cannot_be_read_is_named(server: Server, running: RunningServer) -> None:
    password = server.home / "neo4j" / "password"
    kept = password.read_bytes()
    password.write_bytes(b"\xff\xfe\x00")
    try:
        with pytest.raises(ServerError, match="password"):
            server.start()
    finally:
        password.write_bytes(kept)
    assert server.start() == running


def test_a_start_that_fails_says_why_and_where_the_log_is(server: Server) -> None:
    server.stop()
    data = server.home / "neo4j" / "data"
    kept = data.rename(data.with_name("kept"))
    data.touch()
    try:
        with pytest.raises(ServerError, match="Neo4j") as caught:
            server.start()
    finally:
        data.unlink()
        kept.rename(data)
    assert "\n" not in str(caught.value)


def test_a_reset_server_leaves_nothing(server: Server) -> None:
    assert server.reset()
    assert not (server.home / "neo4j").exists()
    assert not server.reset()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "neo4j").mkdir()
    precious = tmp_path / "neo4j" / "thesis.txt"
    precious.write_text("years of work")
    server = Server(home=tmp_path, cache=tmp_path / "cache")
    with pytest.raises(ServerError, match="NEWSGRAPH_HOME"):
        server.start()
    with pytest.raises(ServerError, match="left alone"):
        server.reset()
    assert not server.stop()
    assert precious.read_text() == "years of work"


def test_a_data_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    server = Server(home=tmp_path / "file" / "home", cache=tmp_path)
    with pytest.raises(ServerError, match="NEWSGRAPH_HOME"):
        server.start()


def test_a_port_that_is_taken_is_not_chosen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) != port
        assert listens(psutil.Process(), port)
    assert free_port(port) == port
    assert not listens(psutil.Process(), port)


@pytest.mark.parametrize("patience", [60.0, 0.0])
def test_a_process_of_a_parent_that_does_not_wait_for_it_is_ended(patience: float) -> None:
    parent = "import subprocess, time; subprocess.Popen(['sleep', '600']); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", parent]) as keeper:
        try:
            child = _only_child(keeper.pid)
            end(child, patience=patience)
            assert child.status() == psutil.STATUS_ZOMBIE
        finally:
            keeper.kill()


def _only_child(pid: int) -> psutil.Process:
    for _ in range(200):
        if children := psutil.Process(pid).children():
            return children[0]
        time.sleep(0.05)
    raise AssertionError("it has no child")


def test_a_process_is_known_by_its_argument() -> None:
    # Several: a process that was just made has no arguments for a moment.
    for _ in range(20):
        with subprocess.Popen(["sleep", "60"]) as child:
            try:
                assert find(child.pid, "60") is not None
                assert find(child.pid, "61") is None
            finally:
                child.kill()
        assert find(child.pid, "60") is None
