"""The statements of a graph taken back to the text that it keeps of their articles."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from neo4j import Session
from spacy.language import Language

from loader.extract.extraction import extract, this_run
from loader.graph.journal import open_journal
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from loader.pages import Page, read
from loader.receipts.chosen import ChoiceError, choose
from loader.receipts.jobs import run_verify
from loader.receipts.kept import verify_kept
from loader.receipts.verdicts import Verdict
from ontology.iris import page_id
from ontology.model import load_model
from ontology.records import ExtractedPage
from queries.database import Database

RUN = this_run(datetime(2026, 1, 31, 9, tzinfo=UTC))
WIKINEWS = Path(__file__).parents[2] / "evaluation" / "wikinews" / "text"
EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS"


@pytest.fixture(scope="module")
def pages(seed_pages: tuple[ExtractedPage, ...], nlp: Language) -> tuple[ExtractedPage, ...]:
    """The records of the given pages and of the articles of Wikinews."""
    others = [page for page in read(sorted(WIKINEWS.glob("*.txt"))) if isinstance(page, Page)]
    return (*seed_pages, *extract(nlp, others))


@pytest.fixture(scope="module")
def session(database: Database, pages: tuple[ExtractedPage, ...]) -> Iterator[Session]:
    with database.session() as opened:
        opened.run(EMPTY).consume()
        prepare(opened, load_model())
        write_run(opened, RUN)
        for _ in write_pages(opened, pages, RUN):
            pass
        yield opened
        opened.run(EMPTY).consume()


@pytest.fixture
def spoiled(session: Session) -> Iterator[Any]:
    """Changes the graph by a statement of Cypher, and undoes it by another."""
    undone: list[tuple[str, dict[str, Any]]] = []

    def spoil(change: str, undo: str, **values: Any) -> None:
        session.run(change, values).consume()
        undone.append((undo, values))

    yield spoil
    for statement, values in undone:
        session.run(statement, values).consume()


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, nlp: Language) -> None:
    """The command's pipeline is the one that is loaded already."""
    monkeypatch.setattr("loader.receipts.jobs.load_pipeline", lambda: nlp)


@pytest.fixture(scope="module")
def every(session: Session, nlp: Language) -> list[Verdict]:
    return list(verify_kept(session, choose(session), nlp, RUN))


def verify(session: Session, nlp: Language, **wanted: Any) -> list[Verdict]:
    return list(verify_kept(session, choose(session, **wanted), nlp, wanted.pop("run", RUN)))


def test_all_statements_hold(every: list[Verdict], pages: tuple[ExtractedPage, ...]) -> None:
    said = [one.id for page in pages for article in page.articles for one in article.statements]
    assert len(said) > 200
    assert [one for one in every if not one.holds] == []
    assert sorted(one.statement for one in every) == sorted(said)


def test_some_are_attributed_to_a_fuller_name_and_hold(session: Session) -> None:
    """What other articles tell of a name is no difference: these are among those that hold."""
    (row,) = session.run(
        "MATCH (s:Statement)-[:ATTRIBUTED_TO]->(e) WHERE s.sourceName IS NOT NULL"
        " AND 'name/' + replace(e.id, '/', '-') <> s.sourceName RETURN count(s) AS renamed"
    )
    assert row["renamed"] > 0


def test_every_property_that_is_changed_is_seen(
    session: Session, nlp: Language, every: list[Verdict], spoiled: Any
) -> None:
    """Each in another statement: 30 changes are seen by one pass."""
    rows = session.run(
        "MATCH (s:Statement) RETURN s.id AS id, properties(s) AS properties ORDER BY id"
    ).data()
    keys = sorted({key for row in rows for key in row["properties"] if key[0] != "_"} - {"id"})
    changed = {}
    for key in keys:
        row = next(row for row in rows if key in row["properties"] and row["id"] not in changed)
        value = row["properties"][key]
        other: Any = not value if isinstance(value, bool) else None
        if isinstance(value, str):
            other = f"{value}x"
        elif isinstance(value, list):
            other = [*value, "char=0,1"]
        spoiled(
            "MATCH (s:Statement {id: $id}) SET s += {" + key + ": $other}",
            "MATCH (s:Statement {id: $id}) SET s += {" + key + ": $value}",
            id=row["id"],
            other=other,
            value=value,
        )
        changed[row["id"]] = key
    chosen = verify(session, nlp, ids=list(changed))
    found = {one.statement: one for one in chosen if not one.holds}
    assert len(changed) >= 18
    for name, key in changed.items():
        assert found[name].status == "differs"
        assert key in {difference.field for difference in found[name].differences}
    assert found.keys() == changed.keys()


@pytest.mark.parametrize(
    "kind", ["ATTRIBUTED_TO", "STATED_IN", "EXPRESSES", "ABOUT", "SOURCE_COUNTRY", "PART_OF"]
)
def test_a_relationship_that_is_gone_or_wrong_is_seen(
    session: Session, nlp: Language, spoiled: Any, kind: str
) -> None:
    (row,) = session.run(
        f"MATCH (s:Statement)-[:{kind}]->(t) RETURN s.id AS id, t.id AS target ORDER BY id LIMIT 1"
    )
    if kind != "STATED_IN":
        spoiled(
            f"MATCH (:Statement {{id: $id}})-[e:{kind}]->({{id: $target}}) DELETE e",
            f"MATCH (s:Statement {{id: $id}}) MATCH (t {{id: $target}}) MERGE (s)-[:{kind}]->(t)",
            **row.data(),
        )
    else:
        spoiled(
            "MATCH (s:Statement {id: $id}) MATCH (o:Article) WHERE o.id <> $target"
            " WITH s, o ORDER BY o.id LIMIT 1 MATCH (s)-[e:STATED_IN]->() DELETE e"
            " MERGE (s)-[:STATED_IN]->(o)",
            "MATCH (s:Statement {id: $id})-[e:STATED_IN]->() DELETE e WITH s"
            " MATCH (t:Article {id: $target}) MERGE (s)-[:STATED_IN]->(t)",
            **row.data(),
        )
    (verdict,) = verify(session, nlp, ids=[row["id"]])
    assert verdict.status == "differs"


def test_a_speaker_whom_the_name_does_not_denote_is_seen(
    session: Session, nlp: Language, spoiled: Any
) -> None:
    (row,) = session.run(
        "MATCH (s:Statement)-[:ATTRIBUTED_TO]->(t:Person) MATCH (o:Person) WHERE o <> t"
        " RETURN s.id AS id, t.id AS target, o.id AS other ORDER BY id, other LIMIT 1"
    )
    move = (
        "MATCH (s:Statement {id: $id})-[e:ATTRIBUTED_TO]->() DELETE e WITH s"
        " MATCH (p:Person {id: $%s}) MERGE (s)-[:ATTRIBUTED_TO]->(p)"
    )
    spoiled(move % "other", move % "target", **row.data())
    (verdict,) = verify(session, nlp, ids=[row["id"]])
    assert [one.field for one in verdict.differences] == ["ATTRIBUTED_TO"]


@pytest.mark.parametrize("inside", [True, False])
def test_a_text_edited_by_a_character_is_seen(
    session: Session, nlp: Language, every: list[Verdict], spoiled: Any, inside: bool
) -> None:
    """In a statement's words; and elsewhere, where nothing of the statement changes."""
    (row,) = session.run(
        "MATCH (s:Statement)-[:STATED_IN]->(a) WHERE s.start > 400 AND s.text CONTAINS 'the'"
        " RETURN s.id AS id, s.start AS start, a.id AS article, a.text AS text"
        " ORDER BY id LIMIT 1"
    )
    text = row["text"]
    at = text.index("the", row["start"]) if inside else text.rindex(" ", 0, 100)
    spoiled(
        "MATCH (a:Article {id: $article}) SET a.text = $edited",
        "MATCH (a:Article {id: $article}) SET a.text = $text",
        article=row["article"],
        text=text,
        edited=f"{text[:at]}{'T' if inside else '_'}{text[at + 1 :]}",
    )
    (verdict,) = verify(session, nlp, ids=[row["id"]])
    assert verdict.status == "differs"
    assert verdict.messages[0].startswith("The text of its article")
    if inside:
        assert "The" in str({one.field: one.found for one in verdict.differences}["text"])


def test_another_version_says_so_instead_of_false(
    session: Session, nlp: Language, spoiled: Any, every: list[Verdict]
) -> None:
    first, second = every[0].statement, every[-1].statement
    for name, key, value in (
        (first, "act", "promised"),
        (second, "text", "what nobody said"),
    ):
        (row,) = session.run(
            "MATCH (s:Statement {id: $id}) RETURN s[$key] AS value", id=name, key=key
        )
        spoiled(
            "MATCH (s:Statement {id: $id}) SET s[$key] = $other",
            "MATCH (s:Statement {id: $id}) SET s[$key] = $value",
            id=name,
            key=key,
            other=value,
            value=row["value"],
        )
    later = replace(RUN, version="99.0")
    chosen = choose(session, ids=[first, second, every[1].statement])
    by_id = {one.statement: one for one in verify_kept(session, chosen, nlp, later)}
    assert by_id[every[1].statement].holds
    assert by_id[first].status == "unconfirmed"
    assert "this is newsgraph 99.0" in by_id[first].messages[-1]
    assert "does not mean false" in by_id[first].messages[-1]
    assert by_id[second].status == "differs"


def test_statements_are_chosen(session: Session, nlp: Language, every: list[Verdict]) -> None:
    article = every[0].article
    own = [one.statement for one in every if one.article == article]
    assert [one.statement for one in verify(session, nlp, ids=[article])] == own
    assert [one.statement for one in verify(session, nlp, ids=own[:1])] == own[:1]
    for size in (1, 7, 10_000):
        assert sum(one.count for one in choose(session, sample=size)) == min(size, len(every))
    sample = choose(session, ids=[article], sample=2)
    assert sum(one.count for one in sample) == min(2, len(own))


def test_the_statements_of_an_outlet_are_chosen(session: Session, every: list[Verdict]) -> None:
    (row,) = session.run(
        "MATCH (o:Outlet)<-[:PUBLISHED_BY]-()<-[:STATED_IN]-(s)"
        " RETURN o.name AS name, o.id AS id, count(s) AS count ORDER BY count DESC LIMIT 1"
    )
    for name in (row["name"], row["id"], row["name"].upper()):
        chosen = choose(session, outlets=[name])
        assert sum(one.count for one in chosen) == row["count"] < len(every)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"ids": ["statement/none"]}, "no statement with the id statement/none"),
        ({"ids": ["article/none"]}, "no article with the id article/none"),
        ({"ids": ["person/frank-lehberger"]}, "neither a receipt's file nor the id of"),
        ({"outlets": ["The Daily Nothing"]}, "no outlet called 'The Daily Nothing'"),
    ],
)
def test_what_is_not_there_is_named(session: Session, wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(ChoiceError, match=message):
        choose(session, **wanted)


@pytest.mark.usefixtures("loaded")
def test_the_files_of_pages_are_compared_where_they_stand(
    session: Session,
    spoiled: Any,
    seeds: Path,
    tmp_path: Path,
    every: list[Verdict],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One unchanged, one edited since, the others unknown; then a text that is elsewhere."""
    files = sorted(seeds.glob("*.txt"))[:2]
    names = [page_id(hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
    edited = tmp_path / files[1].name
    edited.write_text(files[1].read_text("utf-8").replace("the", "tha", 1), "utf-8")
    with open_journal(tmp_path, session) as journal:
        journal.record([(str(files[0]), names[0]), (str(edited), names[1])])
    articles = [
        row["id"]
        for row in session.run(
            "MATCH (p:Page)<-[:FROM_PAGE]-(a)<-[:STATED_IN]-() WHERE p.id IN $names"
            " RETURN DISTINCT a.id AS id, p.id AS page ORDER BY page, id",
            names=names,
        )
    ]
    assert run_verify(session, ids=articles, home=tmp_path) == 0
    told = capsys.readouterr().err
    assert "1 page stands unchanged where it was loaded, and was compared; for 1 other" in told
    (row,) = session.run(
        "MATCH (p:Page {id: $page})<-[:FROM_PAGE]-(a)<-[:STATED_IN]-(s)"
        " RETURN a.id AS id, a.locations AS locations, count(s) AS count ORDER BY id LIMIT 1",
        page=names[0],
    )
    start, end = row["locations"][0].partition("char=")[2].split(",")
    change = "MATCH (a:Article {id: $id}) SET a.locations = "
    spoiled(
        f"{change}$other",
        f"{change}$locations",
        id=row["id"],
        locations=row["locations"],
        other=[f"{names[0]}#char={int(start) + 1},{int(end) + 1}"],
    )
    assert run_verify(session, ids=[row["id"]], home=tmp_path) == 1
    out = capsys.readouterr().out
    assert out.count("has another text where the article stands") == row["count"]
    assert str(files[0]) in out


@pytest.mark.usefixtures("loaded")
def test_the_command_counts(
    session: Session, spoiled: Any, every: list[Verdict], capsys: pytest.CaptureFixture[str]
) -> None:
    article = every[0].article
    own = [one.statement for one in every if one.article == article]
    assert run_verify(session, ids=[article]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{len(own)} statements verified: {len(own)} hold, 0 do not.")
    set_hedged = "MATCH (s:Statement {id: $id}) SET s.hedged = NOT s.hedged"
    spoiled(set_hedged, set_hedged, id=own[0])
    assert run_verify(session, ids=[article], form="json") == 1
    told = capsys.readouterr()
    data = json.loads(told.out)
    assert data["holds"], data["differs"] == (len(own) - 1, 1)
    assert data["statements"][0]["statement"] == own[0]
    assert data["statements"][0]["differences"][0]["field"] == "hedged"
