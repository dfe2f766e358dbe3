"""A backup holds the graph, and a restore gives it back or changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import pytest
from neo4j import GraphDatabase

from queries.server import Server, ServerError
from queries.settings import Settings

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(home=tmp_path_factory.mktemp("home"), cache=Settings().cache, memory="256m")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def backup(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a graph of one note, after which the server's graph has another."""
    path = tmp_path_factory.mktemp("backups") / "monday.dump"
    server.start()
    ask(server, "CREATE (:Note {text: 'monday'})")
    server.backup(path)
    ask(server, "MATCH (n:Note) SET n.text = 'tuesday'")
    return path


def ask(server: Server, statement: LiteralString) -> list[object]:
    running = server.status().running
    assert running is not None
    with (
        GraphDatabase.driver(running.uri, auth=(running.user, running.password)) as driver,
        driver.session() as session,
    ):
        return list(session.run(statement).value())


def test_a_backup_cut_short_changes_nothing(server: Server, backup: Path) -> None:
    half = backup.with_name("half.dump")
    half.write_bytes(backup.read_bytes()[:1500])
    with pytest.raises(
        ServerError, match=r"half\.dump was not restored, and the graph is unchanged"
    ):
        server.restore(half)
    assert ask(server, "MATCH (n:Note) RETURN n.text") == ["tuesday"]


def test_a_backup_is_restored_on_a_server_that_runs(server: Server, backup: Path) -> None:
    server.restore(backup)
    assert ask(server, "MATCH (n:Note) RETURN n.text") == ["monday"]
    assert {path.name for path in backup.parent.iterdir()} <= {"monday.dump", "half.dump"}


def test_what_cannot_be_backed_up_or_restored_is_told(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="There is no file"):
        server.restore(tmp_path / "nothing.dump")
    empty = Server(home=tmp_path / "empty", cache=server.cache)
    with pytest.raises(ServerError, match="There is no graph"):
        empty.backup(tmp_path / "empty.dump")
