"""Graphs that older versions wrote become what this version writes."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import LiteralString

import pytest
from neo4j import Session

from loader.graph.importing import import_file
from loader.graph.resolution.settling import _settle_some
from loader.graph.retrying import execute_write
from loader.graph.schema import check, prepare
from loader.graph.writer import write_pages
from loader.jobs import run_remove
from loader.pages import Page
from ontology.model import load_model
from ontology.records import ExtractedPage
from queries.database import Database
from tests.loader.extract.extracting import extract_lines
from tests.loader.graph.test_resolution import ARTICLES
from tests.loader.graph.test_writer import RUN, empty, snapshot, write
from tests.loader.graph.written_articles import pages_that_say

GRAPHS = Path(__file__).with_name("graphs")
TEXTS = (
    "Some text.\nOther text.\n\nThird text.",
    "Ada came.\nBo left.\nRivers rise.",
    "One more line.\nSome text.",
)
FORGET_NAMES: tuple[LiteralString, ...] = (
    "MATCH (gone:Name|ClaimMatch) DETACH DELETE gone",
    "MATCH (n:Statement) SET n.sourceName = null, n.channelName = null",
    "MATCH (n:Article) SET n.authorNames = null, n.outletName = null",
    "MATCH (n:Citation) SET n.affiliationName = null",
    "MATCH (n:Claim) SET n.sketch1 = null, n.sketch2 = null, n.sketch3 = null, n.sketch4 = null",
    "MATCH (n:Dataset) SET n.ontologyVersion = '1.0.0'",
)
"""Make of a graph that is not settled what version 1.0.0 would have written."""


def pages() -> list[ExtractedPage]:
    """What the old graphs were made from, by ``extract_lines`` and the run ``RUN``."""
    found = []
    for number, text in enumerate(TEXTS):
        whole = f"{text}\nLine {number} of its own."
        found.append(
            Page(
                name=f"{number}.txt",
                location=f"{number}.txt",
                sha256=sha256(whole.encode()).hexdigest(),
                text=whole,
            )
        )
    return [page for page in extract_lines(found) if isinstance(page, ExtractedPage)]


@pytest.mark.parametrize("version", ["1.0.0", "1.1.1"])
def test_an_old_graph_becomes_what_is_written_today(graph: Database, version: str) -> None:
    with graph.session() as session:
        write(session, pages())
        wanted = snapshot(session)
        empty(session)
        import_file(graph.driver, GRAPHS / f"{version}.ttl", database=graph.name)
        assert check(session, load_model()) == version
        assert snapshot(session) != wanted
        prepare(session, load_model())
        assert check(session, load_model()) == load_model().version
        assert snapshot(session) == wanted
        prepare(session, load_model())
        for _ in write_pages(session, pages(), RUN):
            pass
        assert snapshot(session) == wanted


def test_documents_are_searched_in_an_old_graph_too(graph: Database) -> None:
    with graph.session() as session:
        prepare(session, load_model())
        session.run("DROP INDEX search").consume()
        session.run("CREATE FULLTEXT INDEX search FOR (n:Person|Claim) ON EACH [n.name]").consume()
        prepare(session, load_model())
        write(session, pages_that_say(ARTICLES[:1]))
        session.run("CREATE (:Document {id: 'document/x', name: 'leaked memo'})").consume()
        found = session.run("CALL db.index.fulltext.queryNodes('search', 'memos') YIELD node")
        assert [row["node"]["id"] for row in found] == ["document/x"]


@pytest.mark.parametrize("steps", [1, 3, 5, 100])
def test_a_migration_killed_while_settling_is_done_again(
    graph: Database, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    def killed_while_settling(session: Session) -> None:
        for _ in range(steps):
            execute_write(session, _settle_some)
        raise KeyboardInterrupt

    with graph.session() as session:
        write(session, pages_that_say(ARTICLES))
        wanted = snapshot(session)
        empty(session)
        with monkeypatch.context() as patched:
            patched.setattr("loader.graph.writer.settle", lambda session: None)
            patched.setattr("loader.graph.resolution.settling._MOVES_AT_ONCE", 1)
            patched.setattr("loader.graph.migrating.settle", killed_while_settling)
            write(session, pages_that_say(ARTICLES))
            for statement in FORGET_NAMES:
                session.run(statement).consume()
            with pytest.raises(KeyboardInterrupt):
                prepare(session, load_model())
        prepare(session, load_model())
        assert snapshot(session) == wanted


def test_pages_are_removed_from_an_old_graph_as_from_one_of_today(graph: Database) -> None:
    gone, *kept = pages()
    with graph.session() as session:
        write(session, kept)
        wanted = snapshot(session)
        empty(session)
        import_file(graph.driver, GRAPHS / "1.0.0.ttl", database=graph.name)
        run_remove(session, [gone.page.name])
        assert snapshot(session) == wanted


def test_the_names_of_an_old_graph_can_be_corrected(
    graph: Database, environment: dict[str, str]
) -> None:
    import_file(graph.driver, GRAPHS / "1.0.0.ttl", database=graph.name)
    with graph.session() as session:
        one, other = session.run("MATCH (p:Person) RETURN p.id AS id ORDER BY id LIMIT 2").value(
            "id"
        )
    done = subprocess.run(
        [sys.executable, "-m", "newsgraph", "entities", "merge", one, other],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{one} and {other} are one now.\n"), done.stderr
