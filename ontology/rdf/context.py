"""The JSON-LD context that the ontology implies."""

from typing import Any

from ontology.model import Model
from ontology.rdf.values import XSD

_SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"


def context(model: Model, base: str | None = None) -> dict[str, Any]:
    """The context under which a node's JSON says what its triples say.

    Keys are the ontology's own names. Strings, numbers and truth values speak for themselves;
    dates are typed, sets are lists, relationships lead to ids relative to ``{base}/id/``.
    """
    terms: dict[str, Any] = {}
    for item in model.concrete:
        for entry in item.properties:
            definition: dict[str, str] = {"@id": f"ng:{entry.key}"}
            if entry.datatype in ("date", "dateTime"):
                definition["@type"] = f"xsd:{entry.datatype}"
            if entry.many:
                definition["@container"] = "@set"
            terms[entry.key] = definition
        for edge in item.relationships:
            terms[edge.name] = {"@id": f"ng:{edge.name}", "@type": "@id", "@container": "@set"}
    if any(entry.same_as for item in model.concrete for entry in item.properties):
        terms["sameAs"] = {"@id": _SAME_AS, "@type": "@id", "@container": "@set"}
    classes = {item.label: f"ng:{item.label}" for item in model.concrete}
    head: dict[str, Any] = {"@version": 1.1}
    if base is not None:
        head["@base"] = f"{base}/id/"
    names = {**classes, **terms}
    prefixes = {"ng": model.namespace, "xsd": XSD}
    return head | prefixes | {name: names[name] for name in sorted(names)}
