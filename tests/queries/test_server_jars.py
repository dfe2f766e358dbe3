"""The jars are the locked ones or none at all."""

import hashlib
import re
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

import pytest

from queries.server import Progress, ServerError
from queries.server.jar_cache import ensure_jars
from queries.server.jars import Jar, locked_jars
from queries.server.progress import ignore

BYTES = {"one": b"PK one" * 1000, "two": b"PK two" * 10}


def jar(name: str, *, content: bytes | None = None) -> Jar:
    content = BYTES[name] if content is None else content
    return Jar(
        group="org.example",
        artifact=name,
        version="1.0",
        classifier="",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


JARS = (jar("one"), jar("two"))


class Repository(ThreadingHTTPServer):
    """A Maven repository on this machine, which serves what it is told to and counts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.served: list[str] = []
        self.altered: dict[str, bytes] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Repository

    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[-1]
        content = BYTES.get(name.removesuffix("-1.0.jar"))
        if content is None:
            self.send_error(404)
            return
        self.server.served.append(name)
        content = self.server.altered.pop(name, content)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    with Repository() as server:
        monkeypatch.setattr("queries.server.download.MAVEN_CENTRAL_URL", server.url)
        monkeypatch.setattr("queries.server.download.PAUSE_SECONDS", 0.0)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def contents(paths: Sequence[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def test_jars_are_fetched_once_and_in_order(repository: Repository, tmp_path: Path) -> None:
    news: list[Progress] = []
    for _ in range(2):
        paths = ensure_jars(tmp_path, JARS, news.append)
    assert contents(paths) == [BYTES["one"], BYTES["two"]]
    assert sorted(repository.served) == ["one-1.0.jar", "two-1.0.jar"]
    assert news[-1].done == news[-1].total == sum(map(len, BYTES.values()))


@pytest.mark.parametrize("text", ["", "[]", "null", '{"one-1.0.jar": 1}'])
def test_a_damaged_memory_of_what_was_whole_costs_a_look(
    repository: Repository, tmp_path: Path, text: str
) -> None:
    ensure_jars(tmp_path, JARS, ignore)
    (tmp_path / "verified.json").write_text(text)
    assert contents(ensure_jars(tmp_path, JARS, ignore)) == [BYTES["one"], BYTES["two"]]
    assert repository.served.count("one-1.0.jar") == 1


@pytest.mark.parametrize("damage", [b"", b"PK one", b"X" * len(BYTES["one"])])
def test_a_damaged_jar_is_fetched_again(
    repository: Repository, tmp_path: Path, damage: bytes
) -> None:
    (path, _) = ensure_jars(tmp_path, JARS, ignore)
    path.write_bytes(damage)
    assert contents(ensure_jars(tmp_path, JARS, ignore)) == [BYTES["one"], BYTES["two"]]
    assert repository.served.count("one-1.0.jar") == 2


def test_a_jar_that_arrives_damaged_is_asked_for_again(
    repository: Repository, tmp_path: Path
) -> None:
    repository.altered["one-1.0.jar"] = b"PK half"
    assert contents(ensure_jars(tmp_path, JARS, ignore)) == [BYTES["one"], BYTES["two"]]


@pytest.mark.usefixtures("repository")
def test_a_jar_that_is_not_the_locked_one_is_never_kept(tmp_path: Path) -> None:
    wrong = jar("one", content=b"what was locked")
    with pytest.raises(ServerError, match=r"one-1\.0\.jar was damaged"):
        ensure_jars(tmp_path, (wrong, jar("two")), ignore)
    assert not (tmp_path / "one-1.0.jar").exists()


@pytest.mark.usefixtures("repository")
def test_a_jar_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"gone-1\.0\.jar could not be downloaded"):
        ensure_jars(tmp_path, (jar("gone", content=b"x"),), ignore)


def test_no_network_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("queries.server.download.MAVEN_CENTRAL_URL", "http://127.0.0.1:1")
    monkeypatch.setattr("queries.server.download.PAUSE_SECONDS", 0.0)
    with pytest.raises(ServerError, match=r"No network.*Connect and try again"):
        ensure_jars(tmp_path, JARS, ignore)


def test_a_download_that_was_killed_leaves_nothing_behind(
    repository: Repository, tmp_path: Path
) -> None:
    left = tmp_path / "fetch-abc"
    left.mkdir()
    (left / "one-1.0.jar").write_bytes(b"half")
    ensure_jars(tmp_path, JARS, ignore)
    assert not left.exists()
    assert len(repository.served) == 2


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.touch()
    with pytest.raises(ServerError, match="NEWSGRAPH_CACHE"):
        ensure_jars(folder / "jars", JARS, ignore)


def test_the_lock_names_each_jar_once_and_no_registry() -> None:
    jars = locked_jars()
    assert len({jar.file_name for jar in jars}) == len(jars) > 200
    assert all(re.fullmatch(r"[0-9a-f]{64}", jar.sha256) and jar.size > 0 for jar in jars)
    assert "://" not in files("queries.server").joinpath("jars.lock").read_text("utf-8")
