"""The ontology as a page to read: ``python -m ontology.documentation`` writes docs/ontology.md.

Everything on it is derived: classes, properties and relationships with their definitions,
examples, spellings and alignments, and a diagram of the classes.
"""

from pathlib import Path

from rdflib import RDFS, URIRef
from rdflib.namespace import DCTERMS, SKOS

from ontology.model import Class, Model, Property, Relationship, load_model
from ontology.terms import FILES, NAMESPACE, ONTOLOGY, ontology_graph

PAGE = Path(__file__).parents[1] / "docs" / "ontology.md"

_PREFIXES = {
    "https://schema.org/": "schema",
    "http://www.w3.org/ns/prov#": "prov",
    "http://www.w3.org/2004/02/skos/core#": "skos",
    "http://www.w3.org/ns/oa#": "oa",
    "http://www.w3.org/ns/dcat#": "dcat",
    "http://rdfs.org/ns/void#": "void",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2008/05/skos-xl#": "skosxl",
    "http://www.w3.org/2002/07/owl#": "owl",
    "http://www.w3.org/ns/lemon/ontolex#": "ontolex",
    "http://spdx.org/rdf/terms#": "spdx",
}


_ALIGNED = {
    RDFS.subPropertyOf: "a kind of",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "narrower than",
    SKOS.relatedMatch: "related to",
}
_POLICY = """
A graph records the version it was written with, and newsgraph reads and writes only graphs of its
own version. Until the first release there is a single version, which changes in place. After that,
versions are semantic: terms are added in minor versions, deprecated (never removed) in any version,
and change their meaning only in major versions; patches change descriptions and alignments."""


def build(model: Model) -> str:
    """The page as Markdown, the same for the same ontology."""
    parts = [_head(model), _diagram(model), "## Classes\n"]
    parts += [_class(item) for item in model.classes.values()]
    parts.append(_version(model))
    return "\n".join(parts).rstrip() + "\n"


def _head(model: Model) -> str:
    graph = ontology_graph()
    about = graph.value(ONTOLOGY, RDFS.comment)
    licence = graph.value(ONTOLOGY, DCTERMS.license)
    return f"""# The newsgraph ontology

<!-- Written by python -m ontology.documentation from ontology.ttl and shapes.ttl. -->

{about}

Version {model.version} · namespace `{model.namespace}` (prefix `ng:`) · licence <{licence}>

A class is a label in Neo4j and a type in GraphQL. A property is a property key in Neo4j and a field
of the same name in GraphQL. A relationship type is written in capitals in Neo4j; elsewhere it has
the name shown here, and GraphQL also has a field for the reverse direction. In RDF, all of them are
terms of the namespace. Offsets are half-open and count Unicode code points of the article's text.
Times are in UTC. Lists are sets.
"""


def _diagram(model: Model) -> str:
    lines = ["## Overview\n", "```mermaid", "classDiagram", "  direction LR"]
    lines += [f"  class {label}" for label in model.classes]
    for item in model.classes.values():
        lines += [f"  {parent} <|-- {item.label}" for parent in item.parents[:1]]
    for edge in model.relationships():
        targets = _named_together(edge, model)
        lines += [f"  {edge.source} --> {target} : {edge.name}" for target in targets]
    return "\n".join([*lines, "```", ""])


def _named_together(edge: Relationship, model: Model) -> tuple[str, ...]:
    """The targets, or the abstract class that stands for exactly them."""
    for item in model.classes.values():
        below = set(model.concrete_below(item.label))
        listed = {name for target in edge.targets for name in model.concrete_below(target)}
        if item.abstract and below == listed:
            return (item.label,)
    return edge.targets


def _class(item: Class) -> str:
    lines = [f"### {item.label}\n", f"{item.description}\n", f"*Example:* {item.example}\n"]
    facts = (
        [f"a kind of {', '.join(_link(parent) for parent in item.parents)}"] if item.parents else []
    )
    if item.alignments:
        facts.append(f"aligned with {', '.join(_short(term) for term in item.alignments)}")
    if not item.abstract:
        facts.append(f"ids `{item.segment}/…`")
    text = "; ".join(facts)
    lines.append(f"{text[:1].upper()}{text[1:]}.\n")
    if item.properties:
        lines += ["| property | values | meaning | example |", "| --- | --- | --- | --- |"]
        lines += [_property_row(entry) for entry in item.properties]
        lines.append("")
    if item.relationships:
        lines += [
            "| relationship | leads to | meaning | reverse |",
            "| --- | --- | --- | --- |",
        ]
        lines += [_relationship_row(edge) for edge in item.relationships]
        lines.append("")
    return "\n".join(lines)


def _property_row(entry: Property) -> str:
    kind = ", ".join(f"`{choice}`" for choice in entry.choices) or f"xsd:{entry.datatype}"
    notes = [kind, _count(required=entry.required, many=entry.many)]
    if entry.indexes:
        notes.append(f"index: {', '.join(entry.indexes)}")
    said = entry.description + _aligned(entry.iri)
    return f"| `{entry.key}` | {'; '.join(notes)} | {_cell(said)} | {_cell(entry.example)} |"


def _relationship_row(edge: Relationship) -> str:
    targets = ", ".join(_link(target) for target in edge.targets)
    count = _count(required=edge.required, many=edge.many)
    said = edge.description + _aligned(edge.iri)
    back = f"`{edge.inverse}`: {edge.inverse_description}"
    return (
        f"| `{edge.name}`<br>`{edge.type}` | {targets}; {count} | {_cell(said)} | {_cell(back)} |"
    )


def _aligned(term: str) -> str:
    told = []
    for predicate, words in _ALIGNED.items():
        found = sorted(_short(str(other)) for other in ontology_graph()[URIRef(term) : predicate])
        if found:
            told.append(f"{words} {', '.join(found)}")
    return f" ({'; '.join(told)})" if told else ""


def _version(model: Model) -> str:
    files = " and ".join(f"[{name}.ttl](../ontology/{name}.ttl)" for name in FILES)
    return f"## Version\n\nThis is version {model.version}, from {files}.\n{_POLICY}"


def _count(*, required: bool, many: bool) -> str:
    return {
        (True, True): "one or more",
        (True, False): "one",
        (False, True): "any number",
        (False, False): "at most one",
    }[required, many]


def _short(term: str) -> str:
    for start, prefix in _PREFIXES.items():
        if term.startswith(start):
            return f"[{prefix}:{term.removeprefix(start)}]({term})"
    return f"<{term}>" if not term.startswith(NAMESPACE) else _link(term.removeprefix(NAMESPACE))


def _link(label: str) -> str:
    return f"[{label}](#{label.lower()})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(build(load_model()), encoding="utf-8")
