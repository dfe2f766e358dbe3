"""Writing and removing: the graph depends on the set of pages alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Session
from neo4j.exceptions import ClientError

from loader.graph.removing import remove
from loader.graph.schema import prepare
from loader.graph.writer import batches, loaded_pages, write_pages, write_run
from ontology import iris
from ontology.model import load_model
from ontology.records import ArticleRecord, ExtractedPage, PageRecord, Run
from queries.database import Database
from tests.loader.extract.extracting import article_of

RUN = Run(
    software="newsgraph",
    version="1",
    model="none",
    ontology_version="1.0.0",
    started=datetime(2026, 1, 31, 9, tzinfo=UTC),
)


@st.composite
def extracted_pages(draw: st.DrawFn) -> ExtractedPage:
    number = draw(st.integers(0, 3))
    page = PageRecord(
        id=iris.page_id(hashlib.sha256(bytes([number])).hexdigest()),
        name=draw(st.sampled_from(("a.txt", "b.txt"))) if number == 0 else f"{number}.txt",
        media_type="text/plain",
    )
    # What stands on a page follows from its bytes.
    chosen = Random(number)
    articles = tuple(article(page, chosen, n) for n in range(chosen.randint(0, 3)))
    return ExtractedPage(page=page, articles=articles)


def article(page: PageRecord, chosen: Random, number: int) -> ArticleRecord:
    text = chosen.choice(("Some text.", "Other text.", "A memo.", "Their memo, too."))
    return article_of(page, text, number * 20)


def write(session: Session, pages: Sequence[ExtractedPage], run: Run = RUN, size: int = 5) -> None:
    prepare(session, load_model())
    write_run(session, run)
    for _ in write_pages(session, pages, run, batch_rows=size):
        pass


def snapshot(session: Session) -> tuple[list[Any], list[Any]]:
    def settled(value: Any) -> Any:
        return sorted(value) if isinstance(value, list) else value

    nodes = sorted(
        (sorted(row["labels"]), sorted((k, str(settled(v))) for k, v in row["node"].items()))
        for row in session.run("MATCH (n) RETURN labels(n) AS labels, properties(n) AS node")
    )
    edges = sorted(
        tuple(row.values())
        for row in session.run("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS r, b.id AS b")
    )
    return nodes, edges


def settled(session: Session) -> set[str]:
    """The whole graph, a line a node or relationship, but for the time it was begun at."""
    session.run("MATCH (run:ExtractionRun) SET run.startedAt = null").consume()
    nodes, edges = snapshot(session)
    assert len({repr(edge) for edge in edges}) == len(edges)
    return {repr(item) for item in (*nodes, *edges)}


def empty(session: Session) -> None:
    session.run("MATCH (n) DETACH DELETE n").consume()


@pytest.mark.parametrize("seed", range(3))
def test_loading_twice_equals_loading_once(graph: Database, seed: int) -> None:
    pages = _sample(seed)
    with graph.session() as session:
        write(session, pages)
        once = snapshot(session)
        write(session, pages)
        assert snapshot(session) == once
        assert once[0]


PAGES = st.lists(
    extracted_pages(), max_size=4, unique_by=lambda item: (item.page.id, item.page.name)
)
PROPERTY = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTY
@given(pages=PAGES, data=st.data(), size=st.integers(1, 60))
def test_order_and_batches_do_not_matter(
    graph: Database, pages: list[ExtractedPage], data: st.DataObject, size: int
) -> None:
    other = data.draw(st.permutations(pages))
    with graph.session() as session:
        empty(session)
        write(session, pages)
        once = snapshot(session)
        empty(session)
        write(session, other[:2], size=size)
        write(session, other, size=size)
        assert snapshot(session) == once


@PROPERTY
@given(pages=PAGES, data=st.data())
def test_removing_leaves_the_graph_of_the_other_pages(
    graph: Database, pages: list[ExtractedPage], data: st.DataObject
) -> None:
    gone = set(data.draw(st.lists(st.sampled_from([p.page.id for p in pages] or ["page/x"]))))
    kept = [item for item in pages if item.page.id not in gone]
    with graph.session() as session:
        empty(session)
        write(session, kept)
        wanted = snapshot(session)
        empty(session)
        write(session, pages)
        remove(session, sorted(gone))
        assert snapshot(session) == wanted


def test_another_version_replaces_what_the_first_found(graph: Database) -> None:
    pages = _sample(1)
    newer = Run(
        software="newsgraph",
        version="2",
        model="none",
        ontology_version="1.0.0",
        started=RUN.started,
    )
    with graph.session() as session:
        write(session, pages)
        nodes, edges = snapshot(session)
        write(session, pages, newer)
        assert loaded_pages(session, newer, [pages[0].page]) == [True]
        again = snapshot(session)
    assert len(again[0]) == len(nodes) + 1
    assert [edge for edge in again[1] if edge[1] != "EXTRACTED_BY"] == [
        edge for edge in edges if edge[1] != "EXTRACTED_BY"
    ]


def test_a_batch_that_fails_leaves_nothing_of_itself(graph: Database) -> None:
    good, bad = _sample(2)[:2]
    # A map is no value of a property: the database refuses it in the middle of the batch.
    citation = replace(bad.articles[0].citations[0], description={"no": "value"})  # type: ignore[arg-type]
    poisoned = replace(
        bad.articles[0],
        citations=(citation,),
        statements=(),
        entities=tuple(item for item in bad.articles[0].entities if item.type != "Document"),
        id="article/bad",
    )
    pages = [good, replace(bad, articles=(poisoned,))]
    with graph.session() as session:
        prepare(session, load_model())
        write_run(session, RUN)
        before = snapshot(session)
        with pytest.raises(ClientError, match="primitive types"):
            list(write_pages(session, pages, RUN))
        assert snapshot(session) == before


def test_a_page_is_never_divided_between_batches() -> None:
    pages = _sample(0)
    assert [len(batch) for batch in batches(pages, 1)] == [1] * len(pages)
    assert [len(batch) for batch in batches(pages, 10**6)] == [len(pages)]


def _sample(seed: int) -> list[ExtractedPage]:
    pages = []
    for number in range(3):
        page = PageRecord(id=f"page/{seed}{number}", name=f"{number}.txt", media_type="text/plain")
        chosen = Random(f"{seed}-{number}")
        pages.append(
            ExtractedPage(page=page, articles=tuple(article(page, chosen, n) for n in range(2)))
        )
    return pages
