"""SPARQL over a snapshot: true answers over the standard protocol, and nothing but queries."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.http.errors import ApiError
from api.rdf import sparql
from api.rdf.snapshots import Snapshot, clear_leftovers
from api.rdf.sparql import Limits, answer, kill_beyond
from api.rdf.sparql_job import SparqlError, read_query, run_sparql
from ontology.iris import DEFAULT_BASE
from ontology.terms import NAMESPACE
from queries.database import Database
from tests.api.asking_http import ask
from tests.benchmarks.rdf.synthetic_graph import synthetic_nodes
from tests.ontology.graphs import by_id, write_nodes

NEWS = by_id(synthetic_nodes(3))
PREFIX = f"PREFIX ng: <{NAMESPACE}>\n"
COUNT = PREFIX + "SELECT (COUNT(*) AS ?n) { ?s a ng:Statement }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def news(graph: Database) -> Database:
    write_nodes(graph.driver, graph.name, NEWS)
    return graph


@pytest.fixture
def snapshot(news: Database, tmp_path: Path) -> Iterator[Snapshot]:
    with Snapshot(news.driver, tmp_path, database=news.name) as opened:
        yield opened
    assert list(tmp_path.iterdir()) == []


def count(data: bytes) -> int:
    return int(json.loads(data)["results"]["bindings"][0]["n"]["value"])


def statements() -> int:
    return sum("Statement" in node.labels for node in NEWS.values())


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("GET", {"params": {"query": COUNT}}),
        ("POST", {"data": {"query": COUNT}}),
        ("POST", {"content": COUNT, "headers": {"content-type": "application/sparql-query"}}),
    ],
)
def test_a_query_is_answered_by_each_way_of_the_protocol(
    snapshot: Snapshot, method: str, options: dict[str, Any]
) -> None:
    told = ask(sparql.router(snapshot), "/sparql", method=method, **options)
    assert told.headers["content-type"].startswith("application/sparql-results+json")
    assert count(told.content) == statements()


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (COUNT, "text/csv", "text/csv"),
        (COUNT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (COUNT, "image/png", "application/sparql-results+json"),
        ("ASK {}", "text/csv", "application/sparql-results+json"),
        (PREFIX + "CONSTRUCT WHERE { ?s a ng:Claim }", "*/*", "text/turtle"),
        (
            PREFIX + "CONSTRUCT WHERE { ?s a ng:Claim }",
            "application/n-triples",
            "application/n-triples",
        ),
    ],
)
def test_answers_come_in_the_format_that_is_asked_for(
    snapshot: Snapshot, query: str, accept: str, media_type: str
) -> None:
    assert answer(snapshot.path(), query, accept=accept).media_type == media_type


def test_the_graph_of_an_article_can_be_asked_for(snapshot: Snapshot) -> None:
    query = PREFIX + "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?g a ng:Article } }"
    articles = sum("Article" in node.labels for node in NEWS.values())
    assert count(answer(snapshot.path(), query).body) == articles


def test_the_snapshot_follows_the_graph(snapshot: Snapshot, news: Database, tmp_path: Path) -> None:
    assert snapshot.path() == snapshot.path()
    with news.session() as session:
        session.run("MATCH (n:Mention) DETACH DELETE n").consume()
    query = PREFIX + "SELECT (COUNT(*) AS ?n) { ?s a ng:Mention }"
    assert count(answer(snapshot.path(), query).body) == 0
    with news.session() as session:
        session.run("MATCH (n:Citation) DETACH DELETE n").consume()
    snapshot.path()
    assert len(list(tmp_path.iterdir())) == 2, "of those before only the last is kept"


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://a> <http://b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/>",
        "DROP ALL",
        "SELECT * {",
        "",
        "SELECT * { SERVICE <http://127.0.0.1:1> { ?s ?p ?o } }",
        "SELECT * { service\n<http://127.0.0.1:1> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p '\\'' . SERVICE SILENT ?x { ?s ?p ?o } }",
        "SELECT * { FILTER(1<2)SERVICE?x{} FILTER(3>2) }",
        "SELECT * { ?s ?p '\\UFFFFFFFF' }",
    ],
)
def test_what_is_no_query_is_refused(snapshot: Snapshot, query: str) -> None:
    with pytest.raises(ApiError) as refused:
        answer(snapshot.path(), query)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"params": {"query": "SELECT *\n{ ?s ?p"}}, "line 2, column 8, at the end of the line."),
        ({"params": {"query": ""}}, "The query is empty."),
        ({"params": {"query": "# nothing"}}, "line 1"),
        (
            {"params": {"query": "PREFIX a: <b> # c\n DELETE WHERE { ?s ?p ?o }"}},
            "Updates are not supported",
        ),
    ],
)
def test_a_query_that_does_not_parse_is_told_its_place(
    snapshot: Snapshot, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(ApiError) as refused:
        ask(sparql.router(snapshot), "/sparql", **options)
    assert refused.value.status == 400
    assert told in str(refused.value)


def test_relative_iris_are_those_of_the_graph(snapshot: Snapshot) -> None:
    name = min(name for name in NEWS if name.startswith("article/"))
    told = ask(sparql.router(snapshot), "/sparql", params={"query": f"ASK {{ <{name}> ?p ?o }}"})
    assert told.json()["boolean"] is True


def test_the_word_service_may_be_said(snapshot: Snapshot) -> None:
    query = (
        'SELECT ?service { ?service ?p \'SERVICE\', """SERVICE""" # SERVICE\n, <http://x/SERVICE> }'
    )
    assert answer(snapshot.path(), query).body


def test_a_query_that_takes_too_long_is_stopped(snapshot: Snapshot) -> None:
    with pytest.raises(ApiError, match=r"more than 1\.5 seconds") as refused:
        answer(snapshot.path(), ENDLESS, limits=Limits(seconds=1.5))
    assert refused.value.status == 504


def test_an_answer_that_is_too_long_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(ApiError, match="larger than 1,000 bytes"):
        answer(snapshot.path(), "SELECT * { ?s ?p ?o }", limits=Limits(answer=1000))


@pytest.mark.parametrize(("megabytes", "killed"), [(20, False), (400, True)])
def test_where_no_limit_can_be_set_a_process_that_takes_too_much_is_killed(
    megabytes: int, killed: bool
) -> None:
    takes = f"import time; held = bytes(1) * {megabytes}_000_000; time.sleep({60 if killed else 1})"
    with subprocess.Popen([sys.executable, "-c", takes]) as process:
        kill_beyond(process, 200_000_000)
        assert (process.wait(30) != 0) is killed


def test_the_dataset_is_what_request_or_query_say(snapshot: Snapshot) -> None:
    def size(pattern: str, clause: str = "", **parameters: list[str]) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {clause} WHERE {{ {pattern} }}"
        pairs = [("query", query)]
        pairs += [
            (name.replace("_", "-"), iri) for name, iris in parameters.items() for iri in iris
        ]
        told = ask(sparql.router(snapshot), "/sparql", params=pairs)
        return count(told.content)

    everything, in_graphs = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g LIMIT 2"
    found = json.loads(ask(sparql.router(snapshot), "/sparql", params={"query": graphs}).content)
    first, second = (row["g"]["value"] for row in found["results"]["bindings"])
    one, other = (size(f"GRAPH <{iri}> {{ ?s ?p ?o }}") for iri in (first, second))
    nowhere = "http://nowhere.example/g"
    assert 0 < one < size(everything)
    for clause in (f"FROM <{first}>", f"from<{first}>", f"# FROM\nFROM <{first}>"):
        assert size(everything, clause) == one, clause
    assert size(everything, f"FROM <{first}> FROM <{second}>") == one + other
    assert size(everything, f"FROM <{nowhere}>") == 0
    assert size(in_graphs, f"FROM NAMED <{first}>") == one
    assert size(everything, f"FROM NAMED <{first}>") == 0
    assert size(everything, default_graph_uri=[first]) == one
    assert size(everything, default_graph_uri=[nowhere]) == 0
    assert size(in_graphs, named_graph_uri=[second]) == other
    assert size(everything, named_graph_uri=[second]) == 0
    # The request's goes before the query's own.
    assert size(everything, f"FROM <{second}>", default_graph_uri=[first]) == one
    # A word that only looks like the clause changes nothing.
    assert size("?from ?p ?o") == size(everything) == size('?s ?p ?o . FILTER("FROM <x>" != ?p)')
    with pytest.raises(ApiError, match="not an IRI"):
        size(everything, default_graph_uri=["no iri"])


@pytest.mark.parametrize(
    ("method", "options", "status"),
    [
        ("GET", {}, 400),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ("POST", {"content": "ASK {}", "headers": {"content-type": "text/plain"}}, 415),
        ("POST", {"data": {"update": "DROP ALL"}}, 400),
        ("POST", {"content": b"query=" + b"x" * 200_000, "headers": FORM}, 413),
        ("POST", {"data": {"query": "ASK {}"}, "headers": {"sec-fetch-site": "cross-site"}}, 403),
        ("POST", {"data": {"query": "ASK {}"}, "headers": {"sec-fetch-site": "same-site"}}, 403),
        ("POST", {"data": {"query": "ASK {}"}, "headers": {"origin": "https://evil.example"}}, 403),
        ("POST", {"data": {"query": "ASK {}"}, "headers": {"origin": "null"}}, 403),
    ],
)
def test_what_is_no_request_of_the_protocol_is_refused(
    snapshot: Snapshot, method: str, options: dict[str, Any], status: int
) -> None:
    with pytest.raises(ApiError) as refused:
        ask(sparql.router(snapshot), "/sparql", method=method, **options)
    assert refused.value.status == status


def test_what_a_killed_server_left_is_cleared_and_what_one_uses_is_not(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    in_use = snapshot.path()
    script = (
        "import os, sys; from pathlib import Path; from api.rdf.snapshots import _Copy;"
        "copy = _Copy(Path(sys.argv[1])); print(copy.folder, flush=True); os._exit(9)"
    )
    root = Path(__file__).parents[3]
    left = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    assert Path(left).is_dir()
    assert clear_leftovers(tmp_path) == 1
    assert not Path(left).exists()
    assert clear_leftovers(tmp_path) == 0
    assert in_use.is_dir()


def test_the_command_answers_in_the_format_that_is_asked_for(
    news: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "question.rq"
    file.write_text(COUNT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def asked(query: str, form: str | None = None) -> bytes:
        return run_sparql(news, read_query(query), form=form, seconds=30, base=DEFAULT_BASE)

    assert count(asked(COUNT)) == count(asked("question.rq")) == statements()
    assert asked(COUNT, "csv") == f"n\r\n{statements()}\r\n".encode()
    odd = (
        """SELECT ?x ?n ?u { VALUES (?x ?n ?u) { ("=1+1" -5 UNDEF) ('ok, "é"' 7 <http://h/>) } }"""
    )
    expected = 'x,n,u\r\n\'=1+1,-5,\r\n"ok, ""é""",7,http://h/\r\n'
    assert asked(odd, "csv").decode() == expected
    assert asked("CONSTRUCT WHERE { ?s ?p ?o }", "ntriples").endswith(b" .\n")
    with pytest.raises(SparqlError, match="not available as turtle; use json"):
        asked(COUNT, "turtle")
    with pytest.raises(SparqlError, match="or a file"):
        asked("nothing.rq")
    with pytest.raises(SparqlError, match="Updates are not supported"):
        asked("DROP ALL {}")
    with pytest.raises(SparqlError, match="seconds"):
        run_sparql(news, ENDLESS, form=None, seconds=0.5, base=DEFAULT_BASE)
