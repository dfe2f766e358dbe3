"""The ontology's files as text and as triples, and the namespaces they are read by."""

from functools import cache
from importlib.resources import files

from rdflib import Graph, Namespace, URIRef

NAMESPACE = "https://w3id.org/newsgraph/ontology#"
ONTOLOGY = URIRef("https://w3id.org/newsgraph/ontology")
MAP = Namespace("https://w3id.org/newsgraph/mapping#")
SH = Namespace("http://www.w3.org/ns/shacl#")
FILES = ("ontology", "shapes")
"""The names of the Turtle files, without their suffix."""


@cache
def ontology_graph() -> Graph:
    """The triples of ``ontology.ttl``."""
    return _parse("ontology")


@cache
def shapes_graph() -> Graph:
    """The triples of ``shapes.ttl``."""
    return _parse("shapes")


def turtle(name: str) -> str:
    """The text of one of ``FILES``."""
    return (files("ontology") / f"{name}.ttl").read_text(encoding="utf-8")


def _parse(name: str) -> Graph:
    return Graph().parse(data=turtle(name), format="turtle")
