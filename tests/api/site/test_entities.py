"""Every IRI of the graph leads to a page, to Turtle and to JSON-LD; the data set is described."""

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import VOID

from api.http.errors import ApiError
from api.http.negotiation import best
from api.rdf import dataset
from api.site import entities
from api.site.links import SEGMENTS, thing_href
from ontology.iris import (
    correction_id,
    document_id,
    iri,
    match_id,
    name_id,
    origin_id,
    path,
    trace_id,
)
from ontology.rdf.nodes import Node
from ontology.rdf.reading import read_nodes
from ontology.rdf.values import RdfError
from queries.database import Database
from tests.api.asking_http import BASE, ask
from tests.benchmarks.rdf.synthetic_graph import synthetic_nodes
from tests.ontology.graphs import MODEL, by_id, write_nodes

NEWS = by_id(synthetic_nodes(2))
PEOPLE = sorted(name for name, node in NEWS.items() if "Person" in node.labels)[:2]
CLAIMS = sorted(name for name, node in NEWS.items() if "Claim" in node.labels)[:2]
ARTICLE = min(name for name, node in NEWS.items() if "Article" in node.labels)
ORIGIN = origin_id(CLAIMS[:1], [ARTICLE])
NAMES = [name_id(person) for person in PEOPLE]


def linked(label: str, node_id: str, edges: set[tuple[str, str]], **properties: Any) -> Node:
    labels = frozenset(MODEL.classes[label].labels)
    return Node(id=node_id, labels=labels, properties=properties, edges=frozenset(edges))


JOINED = [
    *(
        linked(
            "Name",
            name,
            {("DENOTES", person)},
            spelling=person,
            forms=(person,),
            kind="Person",
            matchKey=person,
            resolution="own",
        )
        for name, person in zip(NAMES, PEOPLE, strict=True)
    ),
    linked("Correction", correction_id(NAMES), set(), kind="merge", pair=tuple(NAMES)),
    linked("Document", document_id(ARTICLE, "memo"), {("IN_ARTICLE", ARTICLE)}, name="memo"),
    linked("ClaimMatch", match_id(CLAIMS), {("BETWEEN", claim) for claim in CLAIMS}, score=950),
    linked(
        "Origin",
        ORIGIN,
        {("CLAIMS", CLAIMS[0]), ("ARTICLES", ARTICLE)},
        reasons=("credit",),
    ),
    linked(
        "Trace",
        trace_id(ORIGIN, ARTICLE, "credit"),
        {("SUPPORTS", ORIGIN), ("IN_ARTICLE", ARTICLE)},
        reason="credit",
        span="char=0,9",
        quote="(Reuters)",
    ),
]
NEWS |= by_id(JOINED)
ODD = Node(
    id='person/d’État <b>&"x" ☃/..',
    labels=frozenset(["Person"]),
    properties={"name": "</script><script>alert(1)</script>"},
    edges=frozenset(),
)


@pytest.fixture
def news(graph: Database) -> Database:
    write_nodes(graph.driver, graph.name, {**NEWS, ODD.id: ODD})
    return graph


def first(label: str) -> str:
    return min(name for name, node in NEWS.items() if label in node.labels)


def has_page(name: str) -> bool:
    return name.partition("/")[0] in SEGMENTS


@pytest.mark.parametrize("label", sorted(item.label for item in MODEL.concrete))
def test_every_thing_leads_to_a_page_or_is_one_with_links_on(news: Database, label: str) -> None:
    name = first(label)
    page = ask(entities.router(news), f"/id/{path(name)}", headers={"accept": "text/html"})
    if has_page(name):
        assert (page.status_code, page.headers["location"]) == (303, thing_href(name))
        assert "Accept" in page.headers["vary"]
        return
    assert page.headers["content-type"].startswith("text/html")
    for target in {target for _, target in NEWS[name].edges}:
        assert f'href="{thing_href(target)}"' in page.text, target
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.S)
    described = json.loads(data)
    assert described["@id"] == iri(name, BASE)
    assert described["@context"] == "https://schema.org"
    assert "char=" not in page.text.replace(data, "")


@pytest.mark.parametrize(
    ("media_type", "extension"),
    [("text/turtle", "ttl"), ("application/n-triples", "nt"), ("application/ld+json", "jsonld")],
)
def test_a_thing_is_told_as_rdf_that_agrees_with_the_export(
    news: Database, tmp_path: Path, media_type: str, extension: str
) -> None:
    name = first("Statement")
    told = ask(entities.router(news), f"/id/{name}", headers={"accept": media_type})
    assert told.headers["content-type"].startswith(media_type)
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
    formats["jsonld"] = ox.RdfFormat.JSON_LD
    triples = list(ox.parse(input=told.content, format=formats[extension]))
    subjects = {str(t.subject) for t in triples}
    assert f"<{iri(name, BASE)}>" in subjects
    assert {f"<{iri(target, BASE)}>" for _, target in NEWS[name].edges} <= subjects
    file = tmp_path / f"thing.{extension}"
    file.write_bytes(told.content)
    # Of the neighbours' own neighbours nothing is said, which an import would refuse.
    with pytest.raises(RdfError, match="which is not described in the file"):
        read_nodes(file, MODEL, BASE)


def test_odd_ids_and_names_do_no_harm(news: Database) -> None:
    for form in ("turtle", "jsonld"):
        found = ask(entities.router(news), f"/id/{path(ODD.id)}", params={"format": form})
        assert found.status_code == 200
    led = ask(entities.router(news), f"/id/{path(ODD.id)}", params={"format": "html"})
    assert led.headers["location"] == thing_href(ODD.id)
    assert "<" not in led.headers["location"]
    turtle = ask(entities.router(news), f"/id/{path(ODD.id)}", params={"format": "turtle"}).content
    (kind, _) = ox.parse(input=turtle, format=ox.RdfFormat.TURTLE)
    assert str(kind.subject) == f"<{iri(ODD.id, BASE)}>"


@pytest.mark.parametrize(
    ("path_", "options", "status"),
    [
        ("/id/person/nobody", {"params": {"format": "turtle"}}, 404),
        ("/id/nothing/at/all", {"headers": {"accept": "application/ld+json"}}, 404),
        ("/id/dataset/newsgraph", {"headers": {"accept": "image/png"}}, 406),
        ("/id/dataset/newsgraph", {"params": {"format": "png"}}, 400),
    ],
)
def test_what_is_not_there_is_refused(
    news: Database, path_: str, options: dict[str, Any], status: int
) -> None:
    with pytest.raises(ApiError) as refused:
        ask(entities.router(news), path_, **options)
    assert refused.value.status == status


def test_a_reader_is_told_on_a_page_what_is_not_there(news: Database) -> None:
    page = ask(entities.router(news), "/id/name/nobody", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "<h1>Not found</h1>" in page.text
    assert "name/nobody" in page.text


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "a/html"),
        ("", "a/html"),
        ("*/*", "a/html"),
        ("a/turtle", "a/turtle"),
        ("a/turtle;q=0.5, a/html;q=0.4", "a/turtle"),
        ("a/*;q=0.5, a/turtle;q=0.1", "a/html"),
        ("a/html;q=0, */*;q=0.1", "a/turtle"),
        ("b/png", None),
        ("A/Turtle ; Q=1.0", "a/turtle"),
        ("a/turtle;q=nonsense, a/html", "a/html"),
    ],
)
def test_the_client_chooses_the_representation(accept: str | None, chosen: str | None) -> None:
    assert best(accept, ("a/html", "a/turtle")) == chosen


def test_the_data_set_is_described_with_its_counts(news: Database) -> None:
    moved = ask(dataset.router(news, base=BASE), "/.well-known/void")
    assert (moved.status_code, moved.headers["location"]) == (303, "/dataset")
    told = ask(dataset.router(news, base=BASE), "/dataset", headers={"accept": "text/turtle"})
    graph = Graph().parse(data=told.content, format="turtle")
    described = next(graph.subjects(VOID.uriSpace))
    assert str(described) == f"{BASE}/id/dataset/newsgraph"
    assert graph.value(described, VOID.entities).toPython() == len(NEWS) + 1  # type: ignore[union-attr]
    dumps = {str(file).rsplit(".", 1)[-1] for file in graph.objects(described, VOID.dataDump)}
    assert dumps == {"ttl", "nt", "trig", "jsonld"}
    for part in graph.objects(described, VOID.classPartition):
        label = str(graph.value(part, VOID["class"])).rsplit("#", 1)[-1]
        nodes = [node for node in [*NEWS.values(), ODD] if label in node.labels]
        assert graph.value(part, VOID.entities).toPython() == len(nodes)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("news.example", "http://news.example"),
        ("192.168.1.5:8101", "http://192.168.1.5:8101"),
        ("[::1]:8101", "http://[::1]:8101"),
        ("a> <b", "http://127.0.0.1:8000"),
    ],
)
def test_the_data_set_links_to_where_the_client_asked(
    news: Database, host: str, address: str
) -> None:
    headers = {"host": host, "accept": "application/n-triples"}
    told = ask(dataset.router(news, base="https://iris.example"), "/dataset", headers=headers)
    assert told.status_code == 200
    assert "<https://iris.example/id/dataset/newsgraph>" in told.text
    assert f"<{address}/export.ttl>" in told.text
    assert f"<{address}/sparql>" in told.text


def test_other_formats_are_linked_to_by_the_address_itself(news: Database) -> None:
    odd = ask(entities.router(news), f"/id/{path(ODD.id)}")
    links = re.findall(r'<([^>]*)>; rel="alternate"', odd.headers["link"])
    assert links == [f"?format={name}" for name in ("html", "turtle", "jsonld", "ntriples")]
