"""The names of the ontology's own terms, closed: a misspelt one fails where it is written."""

from functools import cache
from importlib.resources import files

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF, ClosedNamespace

NAMESPACE = "https://w3id.org/newsgraph/ontology#"
ONTOLOGY = URIRef("https://w3id.org/newsgraph/ontology")
MAP = Namespace("https://w3id.org/newsgraph/mapping#")
SH = Namespace("http://www.w3.org/ns/shacl#")
FILES = ("ontology", "shapes")
"""The names of the files of Turtle."""

_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@cache
def ontology_graph() -> Graph:
    """The triples of ``ontology.ttl``."""
    return _parse("ontology")


@cache
def shapes_graph() -> Graph:
    """The triples of ``shapes.ttl``."""
    return _parse("shapes")


@cache
def terms() -> ClosedNamespace:
    """The ontology's namespace; ``terms()["statedIn"]`` is an IRI, an unknown name a KeyError."""
    graph = ontology_graph()
    names = {
        str(term).removeprefix(NAMESPACE)
        for kind in _KINDS
        for term in graph.subjects(RDF.type, kind)
        if str(term).startswith(NAMESPACE)
    }
    return ClosedNamespace(NAMESPACE, sorted(names))


def turtle(name: str) -> str:
    """The text of one of ``FILES``."""
    return (files("ontology") / f"{name}.ttl").read_text(encoding="utf-8")


def _parse(name: str) -> Graph:
    return Graph().parse(data=turtle(name), format="turtle")
