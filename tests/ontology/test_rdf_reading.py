"""A foreign file is refused with the line and the reason."""

from pathlib import Path

import pytest

from ontology.rdf.reading import read_nodes
from ontology.rdf.values import RdfError
from tests.ontology.graphs import MODEL

BASE = "http://127.0.0.1:8000"
HEAD = f"""@base <{BASE}/id/> .
@prefix ng: <{MODEL.namespace}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<country/KE> a ng:Country ; ng:name "Kenya" ; ng:iso2 "KE" .
"""


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("<claim/1> a ng:Claim ; ng:text 'a'@en .", 5, "has a language"),
        ("<claim/1> a ng:Claim ;\n  ng:text 7 .", 6, "text takes values of type xsd:string"),
        ("<claim/1> a ng:Claim ;\n  ng:says 'x' .", 6, "is not a property in the ontology"),
        ("<claim/1> a ng:Clam .", 5, "is not a class in the ontology"),
        ("<claim/1> a ng:Agent .", 5, "is not a class in the ontology"),
        ("<claim/1> a 'Claim' .", 5, "is not a class in the ontology"),
        ("<claim/1> a ng:Claim ; ng:text <country/KE> .", 5, "text takes values"),
        ("<claim/1> a ng:Claim ; ng:about 'KE' .", 5, "is not an IRI,"),
        ("<claim/1> a ng:Claim ; ng:about _:b .", 5, "is not an IRI,"),
        ("_:b a ng:Claim .", 5, "is not an IRI,"),
        ("<http://example.org/x> a ng:Claim .", 5, "is not an IRI under"),
        ("<claim/%61> a ng:Claim .", 5, "is not the canonical IRI of its id"),
        ("<claim/1> a ng:Claim ; ng:about <country/SE> .", 5, "which is not described in the file"),
        ("<claim/1> a ng:Claim ; ng:text 'a', 'b' .", 5, "has 2 values of text"),
        ("<claim/1> a ng:Claim ; ng:iso2 'KE' .", 5, "is a Claim, which has no iso2"),
        ("<claim/1> a ng:Claim ;\n ng:statedIn <country/KE> .", 6, "which has no STATED_IN"),
        ("<claim/1> a ng:Claim, ng:Person .", 5, "classes Claim, Person, which do not form a node"),
        ("<claim/1> ng:text 'a' .", 5, "classes none"),
        ("<person/1> a ng:Claim .", 5, "whose ids look like claim/"),
        ("<claim/> a ng:Claim .", 5, "whose ids look like claim/"),
        (
            "<run/1> a ng:ExtractionRun ; ng:startedAt '2026-01-01T00:00:00+02:00'^^xsd:dateTime .",
            5,
            "UTC",
        ),
        ("<article/1> a ng:Article ; ng:published '2023-02-30'^^xsd:date .", 5, "expected a date"),
        ("<article/1> a ng:Article ; ng:published 'P1Y'^^xsd:duration .", 5, "xsd:date"),
        ("<statement/1> a ng:Statement ; ng:start 'NaN'^^xsd:double .", 5, "xsd:integer"),
        ("<statement/1> a ng:Statement ; ng:start 9223372036854775808 .", 5, "64-bit"),
        ("<statement/1> a ng:Statement ; ng:negated 'yes'^^xsd:boolean .", 5, "true or false"),
        ("<claim/a b> a ng:Claim .", 5, "invalid IRI"),
        ("<claim/1> a ng:Claim ; ng:text 'a", 5, "unexpected end"),
        ("\n\n<claim/1> a ng:Claim ng:text 'a' .", 7, ""),
    ],
)
def test_a_foreign_triple_is_refused_with_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = tmp_path / "foreign.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(RdfError, match=rf"(?i)foreign\.ttl, line {line}: .*{reason}"):
        read_nodes(path, MODEL, BASE)


def test_lexical_forms_of_one_value_are_one_value(tmp_path: Path) -> None:
    path = tmp_path / "forms.ttl"
    path.write_text(
        HEAD + "<statement/1> a ng:Statement ; ng:start +07, 7 ; ng:negated '1'^^xsd:boolean ."
    )
    node = read_nodes(path, MODEL, BASE)["statement/1"]
    assert node.properties == {"start": 7, "negated": True}


def test_a_file_of_unknown_kind_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(RdfError, match=r"graph\.rdf: the RDF format"):
        read_nodes(tmp_path / "graph.rdf", MODEL, BASE)


def test_the_graphs_of_a_file_must_be_ours(tmp_path: Path) -> None:
    path = tmp_path / "graphs.trig"
    path.write_text(HEAD + "<http://example.org/g> { <claim/1> a ng:Claim }")
    with pytest.raises(RdfError, match=r"line 5: <http://example.org/g> is not an IRI under"):
        read_nodes(path, MODEL, BASE)


def test_a_json_ld_context_is_not_fetched(tmp_path: Path) -> None:
    path = tmp_path / "remote.jsonld"
    path.write_text('{"@context": "https://schema.org/", "@id": "x"}')
    with pytest.raises(RdfError, match="context"):
        read_nodes(path, MODEL, BASE)
