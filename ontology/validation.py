"""Is a graph well formed? Its RDF held against ``shapes.ttl``, each finding with node and rule."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node as Term

from ontology.iris import DEFAULT_BASE, identifier
from ontology.terms import NAMESPACE, SH, shapes_graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong with a node.

    Attributes:
        node: its id, or its IRI where it is none of ours.
        rule: the shape, property and kind of constraint: ``StatementShape text minCount``.
        message: what the rule asks for, as the shape says it.
        value: the value that broke the rule, where there is one.
    """

    node: str
    rule: str
    message: str
    value: str | None = None

    def __str__(self) -> str:
        found = f" Found: {self.value}." if self.value is not None else ""
        return f"{self.node}: {self.message}{found} [{self.rule}]"


def validate(ntriples: Iterable[bytes], *, base: str = DEFAULT_BASE) -> tuple[Finding, ...]:
    """What the shapes find wrong with the triples of an export, sorted by node and rule.

    Raises:
        SyntaxError: ``ntriples`` is not N-Triples.
    """
    graph = Graph()
    for triple in ox.parse(input=b"".join(ntriples), format=ox.RdfFormat.N_TRIPLES):
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph(), inplace=True)
    found = {
        _finding(result, report, base) for result in report.subjects(RDF.type, SH.ValidationResult)
    }
    return tuple(sorted(found, key=lambda item: (item.node, item.rule, item.value or "")))


def _finding(result: Term, report: Graph, base: str) -> Finding:
    shapes = shapes_graph()
    shape = report.value(result, SH.sourceShape)
    owner = (
        shape if isinstance(shape, URIRef) else shapes.value(predicate=SH.property, object=shape)
    )
    component = report.value(result, SH.sourceConstraintComponent)
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    kind = str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent")
    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    parts = (_local(owner), _local(path), kind[:1].lower() + kind[1:])
    return Finding(
        node=_id(report.value(result, SH.focusNode), base),
        rule=" ".join(part for part in parts if part),
        message=" ".join(messages),
        value=None if value is None else _id(value, base),
    )


def _id(term: Term | None, base: str) -> str:
    try:
        return identifier(str(term), base) if isinstance(term, URIRef) else str(term)
    except ValueError:
        return str(term)


def _local(term: Term | None) -> str:
    return str(term).removeprefix(NAMESPACE) if term is not None else ""


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | BNode | Literal:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.Literal():
            if term.language:
                return Literal(term.value, lang=term.language)
            # To rdflib a plain string and one typed xsd:string are two; the shapes' are plain.
            datatype = URIRef(term.datatype.value)
            return Literal(term.value, datatype=None if datatype == XSD.string else datatype)
        case ox.BlankNode():
            return BNode(term.value)
        case _:
            msg = f"{term} is a triple term, which the graph has no place for"
            raise ValueError(msg)
