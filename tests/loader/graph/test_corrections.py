"""Corrections of names by hand: they stand over every later load, and can be taken back."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest
from neo4j import Session

from api.rdf.export import export
from api.rdf.validation import validate
from loader.graph.corrections import CorrectionError, corrections, merge, open_names, split, undo
from loader.graph.importing import import_file
from loader.graph.removing import remove
from ontology import iris
from ontology.records import ExtractedPage
from queries.database import Database
from queries.saving import save
from tests.loader.graph.test_writer import empty, snapshot, write
from tests.loader.graph.written_articles import Told, pages_that_say

AT = datetime(2026, 1, 31, 9, tzinfo=UTC)


def pages(*people: str) -> list[ExtractedPage]:
    """A page for each of ``people``, with an article in which they say something."""
    tellings = [Told(author="Bo Ek", people=(name,), source=name) for name in people]
    return pages_that_say(tellings, people)


WINDSORS = ("Elizabeth Windsor", "Queen Elizabeth", "E. Windsor")
SMITHS = ("John Smith", "J. Smith", "Smith")


def who(session: Session, name: str) -> str:
    """The id of the entity to which what ``name`` said is attributed."""
    found = session.run(
        "MATCH (s:Statement {sourceName: $name})-[:ATTRIBUTED_TO]->(who) RETURN who.id AS id",
        name=iris.name_id(iris.person_id(name)),
    )
    return str(found.single(strict=True)["id"])


def everyone(session: Session, names: Sequence[str]) -> list[str]:
    return [who(session, name).removeprefix("person/") for name in names]


def test_a_merge_joins_two_and_survives_every_later_load(graph: Database) -> None:
    given = pages(*WINDSORS)
    with graph.session() as session:
        write(session, given[:2])
        merge(session, "person/queen-elizabeth", "person/elizabeth-windsor", at=AT)
        assert len(set(everyone(session, WINDSORS[:2]))) == 1
        write(session, given)
        assert len(set(everyone(session, WINDSORS))) == 1
        remove(session, [page.page.name for page in given[:2]])
        assert everyone(session, WINDSORS[2:]) == ["e-windsor"]
        write(session, given)
        assert len(set(everyone(session, WINDSORS))) == 1
    assert not validate(graph.driver, database=graph.name)


def test_a_split_parts_a_name_and_undo_brings_it_back(graph: Database) -> None:
    with graph.session() as session:
        write(session, pages(*SMITHS[:2]))
        before = snapshot(session)
        assert everyone(session, SMITHS[:2]) == ["john-smith", "john-smith"]
        split(session, "person/john-smith", ["J. Smith"], at=AT)
        assert everyone(session, SMITHS[:2]) == ["john-smith", "j-smith"]
        write(session, pages(*SMITHS))
        assert everyone(session, SMITHS) == ["john-smith", "j-smith", "smith"]
        remove(session, ["Smith.txt"])
        undo(session, "person/john-smith", "person/j-smith")
        assert snapshot(session) == before


def test_corrections_and_loads_may_come_in_any_order(graph: Database) -> None:
    given = pages(*WINDSORS)
    wanted = None
    for order in permutations(given):
        with graph.session() as session:
            empty(session)
            write(session, order[:2])
            ids = {page.page.name.removesuffix(".txt") for page in order[:2]}
            if {"Elizabeth Windsor", "Queen Elizabeth"} <= ids:
                merge(session, "person/queen-elizabeth", "person/elizabeth-windsor", at=AT)
                write(session, order)
            else:
                write(session, order)
                merge(session, "person/elizabeth-windsor", "person/queen-elizabeth", at=AT)
            wanted = wanted or snapshot(session)
            assert snapshot(session) == wanted


def test_of_two_decisions_about_a_pair_the_later_stands(graph: Database) -> None:
    with graph.session() as session:
        write(session, pages("John Smith", "Jack Smith"))
        pair = "person/john-smith", "person/jack-smith"
        assert merge(session, *pair, at=AT).replaced == 0
        one = who(session, "John Smith")
        parted = split(session, one, ["Jack Smith" if one == pair[0] else "John Smith"], at=AT)
        assert parted.replaced == 1
        assert who(session, "John Smith") != who(session, "Jack Smith")
        assert [item["kind"] for item in corrections(session)] == ["split"]


def test_what_contradicts_other_decisions_is_refused(graph: Database) -> None:
    a, b, c = "person/ann-berg", "person/bo-lund", "person/cy-holm"
    with graph.session() as session:
        write(session, pages("Ann Berg", "Bo Lund", "Cy Holm", "C. Holm"))
        merge(session, a, b, at=AT)
        merge(session, b, c, at=AT)
        remove(session, ["Bo Lund.txt"])
        with pytest.raises(CorrectionError, match="merged through other names"):
            split(session, who(session, "Cy Holm"), ["Ann Berg"], at=AT)
        split(session, who(session, "Cy Holm"), ["C. Holm"], at=AT)
        with pytest.raises(CorrectionError, match=r"were split\. Undo that first"):
            merge(session, "person/c-holm", a, at=AT)


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (("person/nobody", "person/john-smith"), r"no person or organization 'person/nobody'"),
        (("person/john-smith", "person/john-smith"), "the same name"),
    ],
)
def test_an_impossible_merge_says_why(graph: Database, ids: tuple[str, str], message: str) -> None:
    with graph.session() as session:
        write(session, pages(*SMITHS))
        with pytest.raises(CorrectionError, match=message):
            merge(session, *ids, at=AT)


def test_an_impossible_split_says_why(graph: Database) -> None:
    with graph.session() as session:
        write(session, pages(*SMITHS))
        with pytest.raises(CorrectionError, match="has no name “Ann”"):
            split(session, "person/john-smith", ["Ann"], at=AT)
        with pytest.raises(CorrectionError, match="would have no name left"):
            split(session, "person/john-smith", list(SMITHS), at=AT)
        with pytest.raises(CorrectionError, match="now part of person/john-smith"):
            split(session, "person/smith", ["Smith"], at=AT)
        with pytest.raises(CorrectionError, match="There is no correction for"):
            undo(session, "person/john-smith", "person/smith")


def test_an_open_name_is_listed_with_whom_it_could_denote(graph: Database) -> None:
    with graph.session() as session:
        write(session, pages("John Smith", "Ann Smith", "Smith"))
        (found,) = open_names(session)
    assert (found.spelling, found.articles) == ("Smith", 1)
    assert found.candidates == ("person/ann-smith", "person/john-smith")


def test_corrections_go_out_and_come_in_with_the_graph(graph: Database, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    with graph.session() as session:
        write(session, pages(*WINDSORS))
        merge(session, "person/queen-elizabeth", "person/elizabeth-windsor", at=AT)
        before = snapshot(session)
        save(export(graph.driver, "turtle", database=graph.name), path)
        empty(session)
        import_file(graph.driver, path, database=graph.name)
        assert snapshot(session) == before
        write(session, pages(*WINDSORS))
        assert len(set(everyone(session, WINDSORS))) == 1


def test_the_command_corrects_and_lists(graph: Database, environment: dict[str, str]) -> None:
    with graph.session() as session:
        write(session, pages("John Smith", "Ann Smith", "Smith"))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "newsgraph", "entities", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    assert "person/smith\tSmith\t1 article\tperson/ann-smith" in run("list", "--ambiguous").stdout
    assert run("merge", "person/smith", "person/ann-smith").returncode == 0
    assert run("list").stdout.startswith("merge\tperson/ann-smith\tperson/smith\t")
    assert "person/ann-smith\tAnn Smith\tAnn Smith, Smith" in run("list", "ann").stdout
    unknown = run("merge", "person/x", "person/ann-smith")
    assert (unknown.returncode, "no person or organization" in unknown.stderr) == (1, True)
