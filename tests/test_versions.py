"""Every verb that opens the graph refuses one of another version of the ontology."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer.main

from newsgraph import app, main
from ontology.model import load_model
from queries.database import Database
from tests.loader.graph.test_writer import snapshot

OFFLINE = {
    "extract",
    "key",
    "doctor",
    "save",
    *(f"db {verb}" for verb in ("start", "stop", "status", "password")),
} | {f"db {verb}" for verb in ("backup", "restore", "reset")}
"""The verbs that read or write no graph, or take it as a whole."""
ARGUMENTS = {
    "up": ("page.txt",),
    "load": ("page.txt",),
    "spark": ("page.txt",),
    "remove": ("page.txt",),
    "import": ("graph.ttl",),
    "entities list": ("ada",),
    "entities merge": ("person/ada-byron", "person/bo-ek"),
    "entities split": ("person/ada-byron", "Byron"),
    "entities undo": ("person/ada-byron", "person/bo-ek"),
    "serve": (),
    "mcp": (),
    "export": ("-o", "out.ttl"),
    "query": ("denials",),
    "search": ("water",),
    "sources": (),
    "receipt": ("statement/x",),
    "verify": (),
    "feed": ("denials", "-o", "out.atom"),
    "watch": ("page.txt", "--once"),
    "graph": ("-o", "out.html"),
    "validate": (),
    "sparql": ("ASK { ?s ?p ?o }",),
    "bloom": ("-o", "out.json"),
    "browser": ("out",),
}
"""The other verbs, with something to do."""


def verbs(group: Any, *path: str) -> Iterator[str]:
    """The verbs of ``group`` by their names, those of groups in it after the group's."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from verbs(command, *path, name)
        else:
            yield " ".join((*path, name))


def test_every_verb_is_known_to_open_the_graph_or_not() -> None:
    assert set(verbs(typer.main.get_command(app))) == OFFLINE | set(ARGUMENTS)


@pytest.fixture
def here(environment: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run the command in, in this process: seventeen processes take a minute."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    # The command takes over the logging of its process, which here is the tests'.
    monkeypatch.setattr("queries.logs.set_up_logs", lambda *_, **__: None)
    return tmp_path


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_a_graph_of_another_version_is_refused(
    graph: Database,
    here: Path,
    verb: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    ours = load_model().version
    (here / "page.txt").write_text("The dam will hold, said Ada Byron of Kenya.")
    (here / "graph.ttl").write_text(
        "@prefix ng: <https://w3id.org/newsgraph/ontology#> .\n<http://127.0.0.1:8000/id/"
        f'dataset/newsgraph> a ng:Dataset ; ng:ontologyVersion "{ours}" .'
    )
    with graph.session() as session:
        session.run(
            "CREATE (:Dataset {id: 'dataset/newsgraph', ontologyVersion: '1.0.1'})"
            "CREATE (:Person {id: 'person/ada-byron', name: 'Ada Byron'})"
        ).consume()
        before = snapshot(session)
        monkeypatch.setattr("sys.argv", ["newsgraph", *verb.split(), *ARGUMENTS[verb]])
        # Whatever is served would be served for ever.
        monkeypatch.setattr("api.jobs.run_server", lambda *_: pytest.fail("it is served"))
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        said = capfd.readouterr()
        assert said.out == ""
        assert f"version 1.0.1 of the ontology; this version of newsgraph uses {ours}." in (
            said.err
        )
        assert snapshot(session) == before
    assert not list(here.glob("out*"))
