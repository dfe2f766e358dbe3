"""The compiled shapes find what pyshacl finds, and say it so that a person can act on it."""

import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

from ontology.iris import identifier
from ontology.model import OntologyError, load_model
from ontology.rdf.nodes import Node
from ontology.rdf.writing import writer
from ontology.shapes import compile_shapes, load_shapes
from ontology.terms import NAMESPACE, SH, shapes_graph
from ontology.validation import Finding, validate
from tests.ontology.graphs import MODEL, graphs, row_of

BASE = "http://127.0.0.1:8000"
ID = f"{BASE}/id/"


def lines(*triples: str) -> bytes:
    """Triples in Turtle, with our prefixes, as sorted N-Triples."""
    head = f"@base <{ID}> . @prefix ng: <{NAMESPACE}> . @prefix ex: <http://example.org/> .\n"
    parsed = ox.parse(input=head + "\n".join(triples), format=ox.RdfFormat.TURTLE)
    return "".join(sorted(f"{quad.triple} .\n" for quad in parsed)).encode()


def ours(data: bytes) -> list[tuple[str, str, str]]:
    """Node, property and kind of each finding."""
    found = []
    for finding in validate(lambda: [data]):
        _, *path, kind = finding.rule.split(" ")
        found.append((finding.node, path[0] if path else "", kind))
    return sorted(found)


def theirs(data: bytes) -> list[tuple[str, str, str]]:
    """The same, as pyshacl finds it."""
    graph = Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph(), inplace=True)
    assert isinstance(report, Graph)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        kind = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        kind = kind.removesuffix("ConstraintComponent")
        path = str(report.value(result, SH.resultPath)).removeprefix(NAMESPACE)
        node = identifier(str(report.value(result, SH.focusNode)))
        found.append((node, path, kind[0].lower() + kind[1:]))
    return sorted(found)


@given(nodes=graphs())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
def test_the_compiled_shapes_agree_with_pyshacl(nodes: dict[str, Node]) -> None:
    target = writer("ntriples", MODEL, BASE)
    data = b"".join(target.rows(*(label, [row])) for label, row in map(row_of, nodes.values()))
    assert set(ours(data)) == set(theirs(data))


@pytest.mark.parametrize(
    "triples",
    [
        "<claim/1> a ng:Claim .",
        "<claim/1> a ng:Claim ; ng:text 'a', 'b' .",
        "<claim/1> a ng:Claim ; ng:text '' .",
        "<claim/1> a ng:Claim ; ng:text 'a'@en .",
        "<claim/1> a ng:Claim ; ng:text 7 .",
        "<claim/1> a ng:Claim ; ng:text <claim/2> .",
        "<claim/1> a ng:Claim ; ng:text 'a' ; ex:other 'b' .",
        "<claim/1> a ng:Claim ; ng:text 'a' ; ng:about <country/KE> .",
        "<claim/1> a ng:Claim ; ng:text 'a' ; ng:about 'KE' .",
        "<claim/1> a ng:Claim ; ng:text 'a' ; ng:about _:b .",
        "<claim/1> a ng:Claim ; ng:text 'a' ; ng:about <claim/1> .",
        "<country/x> a ng:Country ; ng:name 'X' ; ng:iso2 'x' ; ng:historical 'perhaps' .",
        "<statement/1> a ng:Statement ; ng:start -1 ; ng:kind 'loud' ; ng:contentSpans '1-2' .",
        "<statement/1> a ng:Statement ; ng:start 'x' ; ng:attributedTo <claim/1> .",
        "<organization/1> a ng:Outlet, ng:Organization .",
        "<person/1> a ng:Person, ng:Country ; ng:name 'both' .",
    ],
)
def test_broken_nodes_break_the_same_rules_in_pyshacl(triples: str) -> None:
    data = lines(triples)
    assert set(ours(data)) == set(theirs(data))
    assert ours(data)


def test_a_finding_names_node_rule_message_and_value() -> None:
    (finding,) = validate(lambda: [lines("<claim/1> a ng:Claim ; ng:text '' .")])
    assert finding == Finding(
        node="claim/1",
        rule="ClaimShape text minLength",
        message="A claim needs its text.",
        value="",
    )
    assert str(finding).startswith("claim/1: A claim needs its text.")


def test_a_node_of_no_class_is_found() -> None:
    (finding,) = validate(lambda: [lines("<x/1> ng:text 'x' .")])
    assert (finding.node, finding.rule) == ("x/1", "known class")


def test_a_node_may_lead_to_one_that_comes_later() -> None:
    piece, later = (
        lines("<claim/1> a ng:Claim ; ng:text 'a' ; ng:about <country/KE> ."),
        lines("<country/KE> a ng:Country ; ng:name 'K' ; ng:iso2 'KE' ; ng:historical false ."),
    )
    assert list(validate(lambda: [piece, later])) == []


def test_there_are_shapes_for_every_class_with_ids() -> None:
    shapes = load_shapes()
    for item in load_model().keyed:
        assert shapes[item.iri].known is not None, "shapes are closed"


def test_every_shape_tells_what_to_do() -> None:
    for shape in load_shapes().values():
        for entry in shape.properties:
            assert entry.message.endswith("."), (shape.name, entry.path)


def test_a_part_of_shacl_that_is_not_known_is_an_error() -> None:
    graph = Graph()
    shape = URIRef(NAMESPACE + "OddShape")
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetClass, URIRef(NAMESPACE + "Claim")))
    graph.add((shape, SH.sparql, Literal("SELECT")))
    with pytest.raises(OntologyError, match="sparql is a part of SHACL"):
        list(compile_shapes(graph))
