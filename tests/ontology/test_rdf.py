"""Graph and RDF are one thing read twice: nothing lost, nothing added, the rest refused."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from ontology.model import load_model
from ontology.rdf.context import context
from ontology.rdf.nodes import Node, Row
from ontology.rdf.reading import read_nodes
from ontology.rdf.values import RdfError
from ontology.rdf.writing import FORMATS, FormatName, writer
from tests.ontology.graphs import MODEL, graphs, row_of

BASE = "http://127.0.0.1:8000"
FORMS: list[FormatName] = ["turtle", "ntriples", "jsonld"]
PERSON = Node(
    id="person/ada",
    labels=frozenset(["Person"]),
    properties={"name": "Ada"},
    edges=frozenset(),
)
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def written(form: FormatName, nodes: Mapping[str, Node]) -> bytes:
    target = writer(form, MODEL, BASE)
    pieces = [target.opening()]
    for node in nodes.values():
        label, row = row_of(node)
        pieces.append(target.rows(label, [row]))
    return b"".join([*pieces, target.ending()])


def parsed(form: FormatName, data: bytes) -> set[str]:
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    return {str(quad) for quad in ox.parse(input=data, format=formats[form])}


@pytest.mark.parametrize("form", FORMS)
@given(nodes=graphs())
@relaxed
def test_what_is_written_is_read_as_the_same(
    form: FormatName, tmp_path: Path, nodes: dict[str, Node]
) -> None:
    path = tmp_path / f"graph.{FORMATS[form].extension}"
    path.write_bytes(written(form, nodes))
    assert read_nodes(path, MODEL, BASE) == nodes


@given(nodes=graphs())
@relaxed
def test_all_formats_say_the_same_triples(nodes: dict[str, Node]) -> None:
    turtle, *others = [parsed(form, written(form, nodes)) for form in FORMS]
    assert all(other == turtle for other in others)


@given(nodes=graphs())
@relaxed
def test_rdflib_reads_the_same_triples(nodes: dict[str, Node]) -> None:
    turtle, lines = Graph(), Graph()
    turtle.parse(data=written("turtle", nodes), format="turtle")
    lines.parse(data=written("ntriples", nodes), format="nt")
    size = sum(
        len(node.labels)
        + len(node.edges)
        + sum(len(v) if isinstance(v, tuple) else 1 for v in node.properties.values())
        + ("wikidata" in node.properties)  # a link to the item follows from it
        for node in nodes.values()
    )
    assert len(turtle) == len(lines) == size


@given(nodes=graphs())
@relaxed
def test_the_order_of_lists_and_relationships_changes_no_byte(nodes: dict[str, Node]) -> None:
    def turned(row: Row) -> Row:
        return [value[::-1] if isinstance(value, list) else value for value in row]

    for node in nodes.values():
        label, row = row_of(node)
        for form in FORMS:
            first, second = writer(form, MODEL, BASE), writer(form, MODEL, BASE)
            assert first.rows(label, [row]) == second.rows(label, [turned(row)])


def test_every_key_type_and_label_of_the_ontology_has_its_term_in_json_ld() -> None:
    names = context(load_model())
    for item in MODEL.concrete:
        assert names[item.label] == f"ng:{item.label}"
        for entry in item.properties:
            assert names[entry.key]["@id"] == f"ng:{entry.key}"
        for edge in item.relationships:
            assert names[edge.name]["@type"] == "@id"


def broken(label: str, **changes: Any) -> tuple[str, Row]:
    """The row of a node of the class with properties that it cannot have."""
    item = MODEL.classes[label]
    return row_of(
        Node(
            id=f"{item.segment}/x",
            labels=frozenset(item.labels),
            properties=changes,
            edges=frozenset(),
        )
    )


@pytest.mark.parametrize(
    ("label", "key", "value", "reason"),
    [
        ("Article", "published", ["2023-01-01"], "published .* expected a date"),
        ("Article", "published", "12023-01-01", "expected a date .* found str '12023-01-01'"),
        ("Article", "published", "-0044-03-15", "expected a date"),
        ("Article", "published", "2023-02-30", "expected a date"),
        ("Article", "published", "P1Y2M", "expected a date"),
        ("Article", "title", float("nan"), "expected a string, found float nan"),
        ("Article", "title", ["one", "two"], "expected a string, found list"),
        ("Article", "title", b"bytes", "expected a string, found bytes"),
        ("Article", "locations", ["a", "b", "a"], r"must not repeat values"),
        ("Article", "locations", [], "list is empty"),
        ("Article", "locations", "page/1#char=0,1", "expected a list"),
        ("Article", "locations", ["a", 1], "locations cannot be written"),
        ("Statement", "start", float("nan"), "expected a 64-bit integer, found float nan"),
        ("Statement", "start", 1.0, "expected a 64-bit integer"),
        ("Statement", "start", True, "expected a 64-bit integer"),
        ("Statement", "start", 2**63, "expected a 64-bit integer"),
        ("Statement", "negated", 1, "expected true or false"),
        ("Statement", "negated", "true", "expected true or false"),
        ("ExtractionRun", "startedAt", "2026-01-31T09:00:00+01:00[Europe/Berlin]", "in UTC"),
        ("ExtractionRun", "startedAt", "2026-01-31T09:00:00Z[UTC]", "a time in UTC"),
        ("ExtractionRun", "startedAt", "2026-01-31T09:00:00", "a time in UTC"),
        ("ExtractionRun", "startedAt", ["2026-01-31T09:00:00"], "a time in UTC"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_value_without_reading_is_refused_by_name(
    form: FormatName, label: str, key: str, value: object, reason: str
) -> None:
    owner, row = broken(label, **{key: value})
    with pytest.raises(RdfError, match=f"(?s){row[0]}.*{reason}"):
        writer(form, MODEL, BASE).rows(owner, [row])


def test_times_are_written_with_seconds_and_without_idle_zeros() -> None:
    for given_time, text in [
        ("2026-01-31T09:00Z", "2026-01-31T09:00:00Z"),
        ("2026-01-31T09:00:00.250Z", "2026-01-31T09:00:00.25Z"),
        ("2026-01-31T09:00:00.000000001Z", "2026-01-31T09:00:00.000000001Z"),
    ]:
        label, row = broken("ExtractionRun", startedAt=given_time)
        assert f'"{text}"^^xsd:dateTime'.encode() in writer("turtle", MODEL, BASE).rows(
            label, [row]
        )


@pytest.mark.parametrize(
    ("position", "value", "reason"),
    [
        (0, "ada", "has the id 'ada'; change it to one such as person/"),
        (0, "person/", "has the id"),
        (0, 7, "has the id 7"),
        (1, ["Person", "Country"], "labels Country, Person"),
        (2, 3, "properties that the ontology does not define for Person"),
        (3, [None], "carries properties or leads to a node without an id"),
        (3, ["LIKES person/bo"], "LIKES person/bo.*does not define"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_node_without_reading_is_refused_by_name(
    form: FormatName, position: int, value: object, reason: str
) -> None:
    label, row = row_of(PERSON)
    row[position] = value
    with pytest.raises(RdfError, match=reason):
        writer(form, MODEL, BASE).rows(label, [row])


def test_a_doubled_relationship_is_refused_by_name() -> None:
    label, row = broken("Claim", text="x")
    row[3] = ["ABOUT country/KE", "ABOUT country/KE"]
    with pytest.raises(RdfError, match="claim/x has the relationship ABOUT to country/KE twice"):
        writer("turtle", MODEL, BASE).rows(label, [row])


def test_a_very_long_literal_is_written_whole(tmp_path: Path) -> None:
    text = "“word” \\ \n" * 200_000
    nodes = {
        "claim/x": Node(
            id="claim/x", labels=frozenset(["Claim"]), properties={"text": text}, edges=frozenset()
        )
    }
    for form in FORMS:
        path = tmp_path / f"long.{FORMATS[form].extension}"
        path.write_bytes(written(form, nodes))
        assert read_nodes(path, MODEL, BASE) == nodes


@pytest.mark.parametrize("form", FORMS)
def test_a_country_is_linked_to_its_item_in_wikidata(form: FormatName) -> None:
    kenya = Node(
        id="country/KE",
        labels=frozenset({"Country"}),
        properties={"historical": False, "iso2": "KE", "name": "Kenya", "wikidata": "Q114"},
        edges=frozenset(),
    )
    triple = (
        f"<{BASE}/id/country/KE> <http://www.w3.org/2002/07/owl#sameAs>"
        " <http://www.wikidata.org/entity/Q114>"
    )
    assert triple in parsed(form, written(form, {kenya.id: kenya}))
