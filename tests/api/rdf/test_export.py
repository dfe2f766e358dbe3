"""The export of a database: whole, sorted, the same from run to run; parts; files; downloads."""

import asyncio
import re
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from api.http.errors import ApiError
from api.rdf.downloads import router
from api.rdf.export import export
from api.rdf.parts import Part
from api.rdf.validation import validate
from loader.graph.schema import create
from ontology.iris import iri
from ontology.model import load_model
from ontology.rdf.nodes import Node
from ontology.rdf.reading import read_nodes
from ontology.rdf.values import RdfError
from ontology.rdf.writing import FORMATS, FormatName
from ontology.validation import validate as validate_triples
from queries.database import Database
from queries.saving import save
from tests.benchmarks.rdf.synthetic_graph import synthetic_nodes
from tests.ontology.graphs import MODEL, by_id, graphs, write_nodes

BASE = "http://127.0.0.1:8000"
FORMS: list[FormatName] = ["turtle", "ntriples", "trig", "jsonld"]
NEWS = by_id(synthetic_nodes(12))


@pytest.fixture
def news(graph: Database) -> Database:
    """A small news graph that conforms to the shapes."""
    with graph.session() as session:
        create(session, load_model())
    write_nodes(graph.driver, graph.name, NEWS)
    return graph


def exported(database: Database, form: FormatName = "turtle", part: Part | None = None) -> bytes:
    return b"".join(export(database.driver, form, database=database.name, part=part))


def run(database: Database, statement: str) -> None:
    with database.session() as session:
        session.run(statement).consume()


def read(data: bytes, form: FormatName, folder: Path) -> dict[str, Node]:
    path = folder / f"graph.{FORMATS[form].extension}"
    path.write_bytes(data)
    return read_nodes(path, MODEL, BASE)


@pytest.mark.parametrize("form", FORMS)
def test_the_export_says_all_of_the_graph(news: Database, form: FormatName, tmp_path: Path) -> None:
    assert read(exported(news, form), form, tmp_path) == NEWS


@pytest.mark.parametrize("form", FORMS)
def test_the_export_is_the_same_from_run_to_run(news: Database, form: FormatName) -> None:
    assert exported(news, form) == exported(news, form)


def test_the_export_does_not_depend_on_the_order_of_writing(graph: Database) -> None:
    write_nodes(graph.driver, graph.name, NEWS)
    once = exported(graph)
    run(graph, "MATCH (n) DETACH DELETE n")
    write_nodes(graph.driver, graph.name, dict(reversed(NEWS.items())))
    assert exported(graph) == once


def test_the_export_is_sorted(news: Database) -> None:
    subjects = [line.split(b" ")[0] for line in exported(news, "ntriples").splitlines()[1:-1]]
    ids = [subject.removeprefix(b"<http://127.0.0.1:8000/id/")[:-1] for subject in subjects]
    assert ids == sorted(ids)


def test_rdflib_reads_the_export_and_the_shapes_accept_it(news: Database) -> None:
    turtle = Graph().parse(data=exported(news), format="turtle")
    triples = exported(news, "ntriples")
    assert len(turtle) == triples.count(b" .\n")
    assert triples.endswith(b"# newsgraph export ends: %d triples.\n" % len(turtle))
    assert list(validate_triples(lambda: [triples])) == []
    assert validate(news.driver, database=news.name) == ()


@given(nodes=graphs())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
def test_any_graph_is_exported_as_it_is(
    graph: Database, tmp_path: Path, nodes: dict[str, Node]
) -> None:
    run(graph, "MATCH (n) DETACH DELETE n")
    write_nodes(graph.driver, graph.name, nodes)
    assert read(exported(graph), "turtle", tmp_path) == nodes


def test_an_article_has_a_graph_of_its_own_and_provenance_too(news: Database) -> None:
    quads = list(ox.parse(input=exported(news, "trig"), format=ox.RdfFormat.TRIG))
    graphs_of = {str(quad.graph_name).strip("<>") for quad in quads}
    articles = {f"{BASE}/id/{name}" for name in NEWS if name.startswith("article/")}
    assert graphs_of == {*articles, f"{BASE}/id/graph/provenance", "DEFAULT"}
    for quad in quads:
        if quad.predicate.value.endswith(("#extractedBy", "#fromPage")):
            assert str(quad.graph_name) == f"<{BASE}/id/graph/provenance>"
        if quad.predicate.value.endswith("#statedIn"):
            assert quad.graph_name == quad.object


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("CREATE (:Person {name: 'x'})", "has no label from the ontology or no id"),
        ("CREATE (:Person {id: 7})", "has no label from the ontology or no id"),
        ("CREATE (:Person {id: 'x'})", "has the id 'x'"),
        ("CREATE (:Robot {id: 'robot/x'})", "has no label from the ontology"),
        ("CREATE ({id: 'person/x'})", r"labels: none"),
        ("CREATE (:Person {id: 'person/x', age: 7})", "properties that the ontology does not"),
        ("CREATE (:Person:Country {id: 'person/x'})", "has the id|has the labels"),
        ("CREATE (:Outlet {id: 'organization/x'})", "has no label from the ontology"),
        ("CREATE (:Claim {id: 'claim/x'})-[:LIKES]->(:Claim {id: 'claim/y'})", "LIKES claim/y"),
        (
            "CREATE (:Claim {id: 'claim/x'})-[:ABOUT {a: 1}]->(:Country {id: 'country/KE'})",
            "carries",
        ),
        ("CREATE (:Person {id: 'person/x', aliases: ['a', 'a']})", "must not repeat values"),
        ("CREATE (:Person {id: 'person/x', aliases: []})", "list is empty"),
        ("CREATE (:Person {id: 'person/x', name: 1.5})", "expected a string, found float"),
        (
            "CREATE (:Person {id: 'person/x', name: 0.0 / 0.0})",
            "expected a string, found float nan",
        ),
        ("CREATE (:Statement {id: 'statement/x', start: 0.0 / 0.0})", "found float nan"),
        ("CREATE (:Article {id: 'article/x', published: '2023-01-01'})", "expected a date"),
        ("CREATE (:Article {id: 'article/x', published: duration('P1Y')})", "expected a date"),
        ("CREATE (:Article {id: 'article/x', published: date('+12023-01-01')})", "expected a date"),
        ("CREATE (:Article {id: 'article/x', published: localtime('12:00')})", "expected a date"),
        ("CREATE (:Article {id: 'article/x', title: point({x: 1, y: 2})})", "expected a string"),
        (
            "CREATE (:ExtractionRun {id: 'run/x', startedAt: localdatetime('2026-01-01T00:00')})",
            "UTC",
        ),
        (
            "CREATE (:ExtractionRun {id: 'run/x', startedAt: datetime('2026-01-01T00:00+01:00')})",
            "UTC",
        ),
        (
            "CREATE (:ExtractionRun {id: 'run/x', startedAt:"
            " datetime({year: 2026, timezone: 'Europe/Berlin'})})",
            "UTC",
        ),
    ],
)
def test_what_has_no_reading_is_refused_and_found(
    graph: Database, statement: str, reason: str
) -> None:
    run(graph, statement)
    with pytest.raises(RdfError, match=reason):
        exported(graph)
    assert validate(graph.driver, database=graph.name)


def test_validation_names_node_rule_and_keys(graph: Database) -> None:
    run(graph, "CREATE (:Person {id: 'person/x', name: '', aliases: ['a']})")
    run(graph, "CREATE (:Person {id: 'person/y', name: 'y', age: 7, shoes: 'red'})")
    found = {finding.node: finding for finding in validate(graph.driver, database=graph.name)}
    assert found["person/x"].rule == "PersonShape name minLength"
    assert found["person/y"].rule == "can be expressed in RDF"
    assert found["person/y"].value == "age, shoes"


def part_of(database: Database, part: Part, folder: Path) -> dict[str, Node]:
    nodes = read(exported(database, "turtle", part), "turtle", folder)
    for name, node in nodes.items():
        assert node == NEWS[name], "a part says of a node what the whole says"
    assert read(exported(database, "trig", part), "trig", folder) == nodes
    triples = exported(database, "ntriples", part)
    assert list(validate_triples(lambda: [triples])) == []
    return nodes


def articles(nodes: dict[str, Node]) -> set[str]:
    return {name for name in nodes if name.startswith("article/")}


def test_an_article_comes_with_all_that_belongs_to_it(news: Database, tmp_path: Path) -> None:
    name = min(articles(NEWS))
    nodes = part_of(news, Part(articles=(name,)), tmp_path)
    assert articles(nodes) == {name}
    owned = {n for n, node in NEWS.items() if ("STATED_IN", name) in node.edges}
    assert owned
    assert owned <= set(nodes)


def test_a_part_by_country_and_day(news: Database, tmp_path: Path) -> None:
    code = next(
        target for kind, target in sorted(NEWS[min(articles(NEWS))].edges) if "country" in target
    )
    naming = {n for n in articles(NEWS) if ("MENTIONS", code) in NEWS[n].edges}
    assert (
        articles(part_of(news, Part(country=code.removeprefix("country/").lower()), tmp_path))
        == naming
    )
    late = {n for n in articles(NEWS) if str(NEWS[n].properties["published"]) >= "2020-01-06"}
    since = date(2020, 1, 6)
    assert articles(part_of(news, Part(since=since), tmp_path)) == late
    assert articles(part_of(news, Part(since=since, country=code), tmp_path)) == late & naming


def test_an_unknown_article_or_query_is_refused(news: Database) -> None:
    with pytest.raises(RdfError, match="The graph does not contain article/nowhere"):
        exported(news, part=Part(articles=("nowhere",)))
    with pytest.raises(RdfError, match="no statement 'read/nothing'"):
        exported(news, part=Part(query="nothing"))
    with pytest.raises(RdfError, match="first"):
        exported(news, part=Part(query="newest_articles"))


def test_a_part_is_what_a_query_answers(news: Database, tmp_path: Path) -> None:
    newest = max(articles(NEWS), key=lambda n: (str(NEWS[n].properties["published"]), n))
    day = NEWS[newest].properties["published"]
    same_day = {n for n in articles(NEWS) if NEWS[n].properties["published"] == day}
    part = Part(query="newest_articles", parameters={"first": len(same_day)})
    assert articles(part_of(news, part, tmp_path)) == same_day


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (Part(country="ZW"), "nothing about Zimbabwe"),
        (Part(country="Atlantis"), "no country called 'Atlantis'"),
        (Part(country="Kenia"), "Similar names: Kenya"),
        (Part(country="country/ZZ"), "nothing with the id country/ZZ"),
        (Part(since=date(2999, 1, 1)), "No article in the graph was published on 2999-01-01"),
        (Part(query="newest_articles", parameters={"first": 0}), "answer to the query newest"),
        (Part(query="is_in_use"), "there is nothing to export"),
    ],
)
def test_a_part_with_nothing_in_it_is_refused(news: Database, part: Part, told: str) -> None:
    with pytest.raises(RdfError, match=re.escape(told)):
        exported(news, part=part)


def test_conditions_that_nothing_fulfils_together_are_all_named(news: Database) -> None:
    first = min(articles(NEWS), key=lambda n: str(NEWS[n].properties["published"]))
    late = date.fromisoformat(str(NEWS[first].properties["published"])) + timedelta(days=1)
    with pytest.raises(RdfError, match=rf"one of those named and was published on {late} or later"):
        exported(news, part=Part(articles=(first,), since=late))


def test_a_country_is_taken_by_code_name_id_and_iri(news: Database, tmp_path: Path) -> None:
    name = min(articles(NEWS))
    linked = "MATCH (c:Country {id: 'country/DE'}) MERGE (a)-[:MENTIONS]->(c)"
    run(news, f"MATCH (a:Article {{id: '{name}'}}) {linked}")
    code = exported(news, part=Part(country="DE"))
    assert b"<country/DE>" in code
    for other in ("de", "DEU", "Germany", "germany", "country/DE", iri("country/DE")):
        assert exported(news, part=Part(country=other)) == code, other


def test_a_country_that_no_article_names_is_refused(news: Database) -> None:
    run(news, "MATCH (c:Country {id: 'country/DE'})<-[r:MENTIONS]-() DELETE r")
    with pytest.raises(RdfError, match="No article in the graph names DEland; there is nothing"):
        exported(news, part=Part(country="Germany"))


def test_progress_ends_with_every_node(news: Database) -> None:
    seen: list[tuple[int, int]] = []
    for form in FORMS:
        list(export(news.driver, form, database=news.name, progress=lambda *p: seen.append(p)))
        assert seen[-1] == (len(NEWS), len(NEWS))


def test_nothing_is_left_running_when_a_reader_leaves(news: Database) -> None:
    pieces = export(news.driver, database=news.name)
    next(pieces)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert not [t for t in threading.enumerate() if t.name == "newsgraph-read-ahead"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    assert save([b"old"], path) == 3

    def failing() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(failing(), path)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["graph.ttl"]


def fetch(database: Database, path: str, *, method: str = "GET") -> httpx.Response:
    app = FastAPI()
    app.include_router(router(database, base=BASE))

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.request(method, path)

    return asyncio.run(ask())


@pytest.mark.parametrize("form", FORMS)
def test_a_download_is_the_export(news: Database, form: FormatName) -> None:
    path = f"/export.{FORMATS[form].extension}"
    answer = fetch(news, path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(FORMATS[form].media_type)
    assert answer.content == exported(news, form)
    assert fetch(news, path, method="HEAD").content == b""


def test_a_download_can_be_a_part(news: Database) -> None:
    name = min(articles(NEWS))
    answer = fetch(news, f"/export.ttl?article={name}")
    assert answer.content == exported(news, part=Part(articles=(name,)))


@pytest.mark.parametrize(
    ("query", "reason"),
    [("article=nowhere", "does not contain article/nowhere"), ("since=yesterday", "2023-03-20")],
)
def test_a_download_of_what_is_not_there_is_refused_before_it_begins(
    news: Database, query: str, reason: str
) -> None:
    with pytest.raises(ApiError, match=reason):
        fetch(news, f"/export.ttl?{query}")
