"""One real Neo4j for all tests: the one named, else a container, else the managed local server."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import Driver
from pydantic import SecretStr

from api.site.webbuild import Node, any_node
from loader.extract.extraction import extract, this_run
from loader.extract.pipeline import load_pipeline
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from loader.pages import Page, read
from ontology.model import load_model
from ontology.records import ExtractedPage
from queries.database import Database, managed, open_database
from queries.settings import Settings

IMAGE = "neo4j:2026.09.0-community"
PASSWORD = "only-for-tests"
NEEDS_SERVER = {"server_settings", "database", "driver", "graph"}
NEEDS_PACKAGE = {
    "duckdb": "api/tables/test_recipes.py",
    "followthemoney": "api/tables/test_follow_the_money.py",
    "pyarrow": "api/tables/test_parquet.py",
    "playwright": "api/site/browser",
    "pyspark": "loader/spark",
    "schemathesis": "api/http/test_schemathesis.py",
}
"""Tests that need a package which ``make test`` installs and ``make dev`` does not."""
LONGEST = (
    *("test_newsgraph.py", "test_installed.py", "test_packaging.py", "test_readme.py"),
    *("test_commands.py", "test_site.py", "test_pages.py", "test_tools.py"),
)
"""Files of tests that take minutes: they run the command, build the package, or read all pages."""
MISSING = {
    name: path
    for name, path in NEEDS_PACKAGE.items()
    if importlib.util.find_spec(name) is None and not os.environ.get("CI")
}
collect_ignore = list(MISSING.values())


def pytest_report_header() -> list[str]:
    """Say what is not even collected, and why."""
    return [
        f"left out: tests/{path}, since {name} is not installed (`make test` installs it)"
        for name, path in MISSING.items()
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server: ``pytest -m "not neo4j"`` runs the rest in no time."""
    for item in items:
        if isinstance(item, pytest.Function) and NEEDS_SERVER & set(item.fixturenames):
            item.add_marker(pytest.mark.neo4j)
    # Playwright keeps an event loop running in this thread, and asyncio.run starts no other: tests
    # that drive a browser come last. The longest files come first, so that no process ends late.
    items.sort(
        key=lambda item: (
            "browser" in item.path.parts,
            LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST),
        )
    )


@pytest.fixture(scope="session")
def server_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings that lead to the tests' server, as a command finds them in its environment."""
    named = Settings()
    if named.neo4j_uri:
        _refuse_a_graph_in_use(named)
        yield named
        return
    with _container() as uri:
        if uri:
            yield Settings(neo4j_uri=uri, neo4j_password=SecretStr(PASSWORD))
            return
    own = Settings(home=tmp_path_factory.mktemp("home"))
    try:
        yield own
    finally:
        managed(own).stop()


@pytest.fixture(scope="session")
def database(server_settings: Settings) -> Iterator[Database]:
    """The tests' database, open; whatever the tests before have left is in it."""
    with open_database(server_settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def driver(database: Database) -> Driver:
    """The driver of the tests' database."""
    return database.driver


@pytest.fixture
def graph(database: Database) -> Iterator[Database]:
    """The tests' database without a node in it; constraints and indexes stay."""
    _empty(database)
    yield database
    _empty(database)


def _empty(database: Database) -> None:
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()


def _refuse_a_graph_in_use(settings: Settings) -> None:
    with open_database(settings) as opened, opened.session() as session:
        record = session.run("MATCH (n) RETURN count(n) AS nodes").single(strict=True)
    if record["nodes"]:
        pytest.exit(
            f"NEO4J_URI names a database with {record['nodes']} nodes, and the tests would delete "
            "them; empty it yourself, or name another",
            returncode=pytest.ExitCode.USAGE_ERROR,
        )


@contextmanager
def _container() -> Iterator[str | None]:
    """The address of a Neo4j in a container, or None where no engine answers."""
    if not _engine_answers():
        yield None
        return
    from testcontainers.community.neo4j import Neo4jContainer  # slow to import

    with Neo4jContainer(IMAGE, password=PASSWORD) as container:
        yield container.get_connection_url()


def _engine_answers() -> bool:
    docker = shutil.which("docker")
    if docker is None:
        return False
    asked = subprocess.run([docker, "version"], capture_output=True, timeout=60, check=False)
    return asked.returncode == 0


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material beside the repository; tests that need it skip without."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared material is not here")
    return folder


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """Node and npm: those on the path, else those that ``requirements-node.txt`` names."""
    with any_node() as found:
        yield found


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the given pages."""
    return Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="session")
def seed_pages(seeds: Path) -> tuple[ExtractedPage, ...]:
    """The records of the given pages, extracted once for all tests."""
    pages = [page for page in read([seeds]) if isinstance(page, Page)]
    return tuple(extract(load_pipeline(), pages))


@pytest.fixture
def seeded(graph: Database, seed_pages: tuple[ExtractedPage, ...]) -> Database:
    """The tests' database with the given pages in it, as ``newsgraph load seeds/`` leaves it."""
    run = this_run(datetime(2026, 1, 31, 9, tzinfo=UTC))
    with graph.session() as session:
        prepare(session, load_model())
        write_run(session, run)
        for _ in write_pages(session, seed_pages, run):
            pass
    return graph


@pytest.fixture
def environment(database: Database, tmp_path: Path) -> dict[str, str]:
    """An environment in which the command meets the tests' database, and serves on a free port."""
    user, password = database.auth
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NEO4J_URI": database.uri,
        "NEO4J_USER": user,
        "NEO4J_PASSWORD": password,
        "NEWSGRAPH_HOME": str(tmp_path / "home"),
        "NEWSGRAPH_PORT": "0",
        "PYTHONUNBUFFERED": "1",
    }
