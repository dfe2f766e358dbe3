"""The ontology's files fit together, and every term is explained."""

import re

import pytest
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import OWL, SKOS

from ontology.model import load_model
from ontology.terms import MAP, NAMESPACE, ONTOLOGY, ontology_graph, shapes_graph

MODEL = load_model()
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
TERMS = sorted(
    {
        term
        for kind in KINDS
        for term in ontology_graph().subjects(RDF.type, kind)
        if isinstance(term, URIRef)
    }
)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(NAMESPACE))
def test_every_term_has_label_definition_and_example(term: URIRef) -> None:
    graph = ontology_graph()
    for predicate in (RDFS.label, RDFS.comment, SKOS.example):
        assert len(list(graph.objects(term, predicate))) == 1, predicate
    comment = str(graph.value(term, RDFS.comment))
    assert comment.endswith(".")


@pytest.mark.parametrize(
    "term", [item.iri for item in MODEL.classes.values()], ids=lambda iri: iri.split("#")[1]
)
def test_every_class_is_aligned_with_a_public_one(term: str) -> None:
    parents = {
        str(parent) for parent in ontology_graph().transitive_objects(URIRef(term), RDFS.subClassOf)
    }
    assert any(not parent.startswith(NAMESPACE) for parent in parents)


PROPERTIES = [term for term in TERMS if str(term) not in {c.iri for c in MODEL.classes.values()}]


@pytest.mark.parametrize("term", PROPERTIES, ids=lambda term: term.removeprefix(NAMESPACE))
def test_every_property_is_aligned_with_a_public_term(term: URIRef) -> None:
    graph = ontology_graph()
    ways = (RDFS.subPropertyOf, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
    aligned = [str(other) for way in ways for other in graph.objects(term, way)]
    assert [other for other in aligned if not other.startswith(NAMESPACE)]


def test_every_term_is_used_by_a_shape_or_is_a_class() -> None:
    used = {str(term) for triple in shapes_graph() for term in triple}
    unused = [term for term in TERMS if str(term) not in used]
    assert [term for term in unused if (term, RDF.type, OWL.Class) not in ontology_graph()] == []


def test_only_https_is_used_for_schema_org() -> None:
    for graph in (ontology_graph(), shapes_graph()):
        assert "http://schema.org" not in graph.serialize(format="nt")


def test_the_version_is_a_semantic_one_and_has_its_iri() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", MODEL.version)
    version_iri = ontology_graph().value(ONTOLOGY, OWL.versionIRI)
    assert str(version_iri) == f"{ONTOLOGY}/{MODEL.version}"


def test_captions_are_properties_of_their_class() -> None:
    for item in MODEL.concrete:
        assert item.property(item.caption)


def test_pictures_can_tell_the_classes_apart() -> None:
    colours = [item.colour for item in MODEL.concrete if item.label not in ("Dataset",)]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


def test_walks_back_have_names_of_their_own() -> None:
    for item in MODEL.concrete:
        names = [edge.inverse for edge in MODEL.walks_to(item.label)]
        own = {entry.key for entry in item.properties} | {edge.name for edge in item.relationships}
        assert not own & set(names)


def test_abstract_classes_label_nothing() -> None:
    graph: Graph = ontology_graph()
    for label, item in MODEL.classes.items():
        if (URIRef(NAMESPACE + label), MAP.abstract, Literal(True)) in graph:
            assert item.labels == ()
        else:
            assert label in item.labels
