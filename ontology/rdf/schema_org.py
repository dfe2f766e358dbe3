"""A node in the words of schema.org, for search engines: what the ontology's alignments say."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rdflib import RDFS, URIRef

from ontology.iris import iri
from ontology.model import Model
from ontology.rdf.nodes import Node
from ontology.terms import ontology_graph

SCHEMA = "https://schema.org/"


def schema_org(node: Node, model: Model, base: str, names: Mapping[str, str]) -> dict[str, Any]:
    """``node`` as JSON-LD of schema.org; ``names`` are those of the nodes it leads to, by id."""
    item = next(model.classes[label] for label in model.classes if label in node.labels)
    kinds = [name for label in sorted(node.labels) for name in _classes(model, label)]
    described: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@id": iri(node.id, base),
        "@type": list(dict.fromkeys(kinds)) or ["Thing"],
    }
    for entry in item.properties:
        value = node.properties.get(entry.key)
        for name in _properties(entry.iri) if value is not None else ():
            described[name] = list(value) if isinstance(value, tuple) else value
        if value is not None and entry.same_as:
            described["sameAs"] = f"{entry.same_as}{value}"
    kinds_of_edges = {edge.type: edge for edge in item.relationships}
    for kind, target in sorted(node.edges):
        for name in _properties(kinds_of_edges[kind].iri) if kind in kinds_of_edges else ():
            link = {"@id": iri(target, base)}
            if target in names:
                link["name"] = names[target]
            described.setdefault(name, []).append(link)
    return described


def _classes(model: Model, label: str) -> list[str]:
    found = model.classes[label].alignments
    return [name.removeprefix(SCHEMA) for name in found if name.startswith(SCHEMA)]


@cache
def _properties(term: str) -> tuple[str, ...]:
    """The properties of schema.org that a term of the ontology is a kind of."""
    parents = (str(parent) for parent in ontology_graph().objects(URIRef(term), RDFS.subPropertyOf))
    return tuple(sorted(name.removeprefix(SCHEMA) for name in parents if name.startswith(SCHEMA)))
