"""The doctor says what is there, what is wrong and what to do, and changes nothing."""

import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from queries.database import Database
from queries.doctor import Check, examine
from queries.settings import Settings

VERSION = "1.0.0"


def by_name(settings: Settings) -> dict[str, Check]:
    return {check.name: check for check in examine(settings, VERSION)}


def test_a_fresh_machine_lacks_only_what_the_first_start_fetches(tmp_path: Path) -> None:
    settings = Settings(neo4j_uri=None, home=tmp_path / "home", cache=tmp_path / "cache")
    checks = by_name(settings)
    assert {name for name, check in checks.items() if check.level == "bad"} == set()
    assert checks["Neo4j jars"].level == "warning"
    assert "the next start downloads" in checks["Neo4j jars"].cure
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_reached_is_named_with_its_version(
    database: Database, server_settings: Settings
) -> None:
    check = by_name(server_settings)["Neo4j"]
    assert check.level == "good"
    assert check.found == f"{database.version} at {database.uri}"


def test_a_graph_of_another_version_is_told(graph: Database, server_settings: Settings) -> None:
    with graph.session() as session:
        session.run("CREATE (:Dataset {id: 'dataset/1', ontologyVersion: '0.9.0'})").consume()
    check = by_name(server_settings)["graph"]
    assert check.level == "bad"
    assert "0.9.0" in check.cure


@pytest.mark.parametrize(("name", "field"), [("data directory", "home"), ("cache", "cache")])
def test_a_file_in_the_place_of_a_directory_is_told(tmp_path: Path, name: str, field: str) -> None:
    file = tmp_path / "file"
    file.touch()
    settings = Settings(neo4j_uri=None, home=tmp_path / "home", cache=tmp_path / "cache")
    check = by_name(settings.model_copy(update={field: file / "below"}))[name]
    assert check.level == "bad"
    assert str(file) in check.found
    assert f"NEWSGRAPH_{field.upper()}" in check.cure


def test_a_dead_server_is_told_with_the_cure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        uri = f"bolt://127.0.0.1:{taken.getsockname()[1]}"
    check = by_name(Settings(neo4j_uri=uri, neo4j_password=SecretStr("x")))["Neo4j"]
    assert check.level == "bad"
    assert "start it" in check.cure


@pytest.mark.parametrize(("constant", "name"), [("DISK_BYTES", "disk"), ("MEMORY_BYTES", "memory")])
def test_what_is_short_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, constant: str, name: str
) -> None:
    monkeypatch.setattr(f"queries.doctor.{constant}", 10**18)
    check = by_name(Settings(neo4j_uri=None, home=tmp_path, cache=tmp_path))[name]
    assert check.level == "warning"
    assert check.cure


def test_it_says_where_things_lie_and_which_setting_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("NEWSGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    monkeypatch.setenv("NEWSGRAPH_HOEM", "typo")
    for name in ("NEWSGRAPH_HOME", "NEO4J_URI"):
        monkeypatch.delenv(name, raising=False)
    checks = by_name(Settings())
    home = tmp_path / "data" / "newsgraph"
    assert checks["data directory"].found == f"{home} (default; set NEWSGRAPH_HOME to change it)"
    assert checks["cache"].found == f"{tmp_path / 'cache'} (from NEWSGRAPH_CACHE)"
    made, unknown = (check for check in examine(Settings(), VERSION) if check.name == "settings")
    assert f"NEWSGRAPH_CACHE={tmp_path / 'cache'}" in made.found
    assert "NEO4J_PASSWORD=" in made.found
    assert "secret" not in made.found
    assert unknown.level == "warning"
    assert "NEWSGRAPH_HOEM" in unknown.found
