"""``shapes.ttl`` compiled: the part of SHACL it uses, checked one node at a time.

The general engine (pyshacl) takes minutes and gigabytes where this takes seconds; on what both
understand they agree, and a test holds them to it. A component that is not understood here is
an error when the shapes are read, never a rule that is passed over.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, XSD
from rdflib.term import Node as Term

from ontology.model import DATATYPES, OntologyError
from ontology.rdf.values import parse
from ontology.terms import MAP, NAMESPACE, SH, shapes_graph

Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Description = dict[str, list[Object]]
"""What is said of one node: objects by the IRI of the property."""
HasClass = Callable[[Object, str], bool]
"""Whether a node is of the class with this IRI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a node breaks: ``path`` is an IRI, ``value`` the object that breaks it."""

    shape: str
    path: str
    component: str
    message: str
    value: Object | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyShape:
    """What the values of one property must be. ``classes``: one of them for each value."""

    shape: str
    path: str
    message: str
    min_count: int
    max_count: int | None
    datatype: str | None
    iri: bool
    classes: tuple[str, ...]
    choices: frozenset[str] | None
    pattern: re.Pattern[str] | None
    min_length: int | None
    min_inclusive: int | None

    def check(self, values: list[Object], has_class: HasClass) -> Iterator[Violation]:
        """The violations among ``values``, all that a node has of the property."""
        if len(values) < self.min_count:
            yield self._broken("minCount")
        if self.max_count is not None and len(values) > self.max_count:
            yield self._broken("maxCount")
        for value in values:
            for component in self._misfits(value, has_class):
                yield self._broken(component, value)

    def _misfits(self, value: Object, has_class: HasClass) -> Iterator[str]:
        if self.datatype is not None and not _is_of(value, self.datatype):
            yield "datatype"
        if self.iri and not isinstance(value, ox.NamedNode):
            yield "nodeKind"
        if self.classes and not any(has_class(value, name) for name in self.classes):
            yield "class" if len(self.classes) == 1 else "or"
        if self.choices is not None and not (_is_plain(value) and value.value in self.choices):  # type: ignore[union-attr]
            yield "in"
        text = value.value if isinstance(value, ox.Literal | ox.NamedNode) else None
        if self.pattern is not None and (text is None or not self.pattern.search(text)):
            yield "pattern"
        if self.min_length is not None and (text is None or len(text) < self.min_length):
            yield "minLength"
        if self.min_inclusive is not None and not _is_at_least(value, self.min_inclusive):
            yield "minInclusive"

    def _broken(self, component: str, value: Object | None = None) -> Violation:
        return Violation(
            shape=self.shape,
            path=self.path,
            component=component,
            message=self.message,
            value=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeShape:
    """What nodes of the class ``target`` must be, and ``known``: the properties they may have."""

    name: str
    target: str
    known: frozenset[str] | None
    properties: tuple[PropertyShape, ...]

    def check(self, node: Description, has_class: HasClass) -> Iterator[Violation]:
        """The violations of a node that is described by ``node``."""
        for shape in self.properties:
            yield from shape.check(node.get(shape.path, []), has_class)
        if self.known is not None:
            for path in node.keys() - self.known:
                for value in node[path]:
                    yield Violation(
                        shape=self.name,
                        path=path,
                        component="closed",
                        message=f"The ontology does not define {path.removeprefix(NAMESPACE)} for "
                        "it.",
                        value=value,
                    )


@cache
def load_shapes() -> dict[str, NodeShape]:
    """The shapes by the IRI of the class they are for.

    Raises:
        OntologyError: ``shapes.ttl`` uses a part of SHACL that is not understood here.
    """
    return {shape.target: shape for shape in compile_shapes(shapes_graph())}


def compile_shapes(graph: Graph) -> Iterator[NodeShape]:
    """The node shapes of ``graph``; OntologyError for a component that is not understood."""
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        _refuse_unknown(graph, shape, _NODE_TERMS)
        ignored = graph.value(shape, SH.ignoredProperties)
        extra = {str(term) for term in Collection(graph, ignored)} if ignored else set()
        properties = tuple(
            _property_shape(graph, shape, entry) for entry in graph.objects(shape, SH.property)
        )
        closed = graph.value(shape, SH.closed) == Literal(True)
        yield NodeShape(
            name=_local(shape),
            target=str(graph.value(shape, SH.targetClass)),
            known=frozenset({entry.path for entry in properties} | extra) if closed else None,
            properties=properties,
        )


def _property_shape(graph: Graph, owner: Term, shape: Term) -> PropertyShape:
    _refuse_unknown(graph, shape, _PROPERTY_TERMS)
    kind = graph.value(shape, SH.nodeKind)
    if kind not in (None, SH.IRI):
        msg = f"{_local(owner)}: the node kind {kind} is not supported"
        raise OntologyError(msg)
    single, either = graph.value(shape, SH["class"]), graph.value(shape, SH["or"])
    choices = list(Collection(graph, either)) if either is not None else []
    for choice in choices:
        _refuse_unknown(graph, choice, {SH["class"]})
    classes = [single, *(graph.value(choice, SH["class"]) for choice in choices)]
    datatype, pattern = graph.value(shape, SH.datatype), graph.value(shape, SH.pattern)
    listed = graph.value(shape, SH["in"])
    return PropertyShape(
        shape=_local(owner),
        path=str(graph.value(shape, SH.path)),
        message=str(graph.value(shape, SH.message)),
        min_count=_number(graph, shape, SH.minCount) or 0,
        max_count=_number(graph, shape, SH.maxCount),
        datatype=None if datatype is None else str(datatype),
        iri=kind is not None,
        classes=tuple(str(name) for name in classes if name is not None),
        choices=frozenset(str(item) for item in Collection(graph, listed)) if listed else None,
        pattern=None if pattern is None else re.compile(str(pattern)),
        min_length=_number(graph, shape, SH.minLength),
        min_inclusive=_number(graph, shape, SH.minInclusive),
    )


def _number(graph: Graph, shape: Term, term: URIRef) -> int | None:
    value = graph.value(shape, term)
    return None if value is None else int(str(value))


def _refuse_unknown(graph: Graph, shape: Term, known: set[URIRef]) -> None:
    for term in graph.predicates(shape):
        if term not in known:
            msg = f"shapes.ttl: {_local(term)} is a part of SHACL that shapes.py does not support"
            raise OntologyError(msg)


def _is_of(value: Object, datatype: str) -> bool:
    if not isinstance(value, ox.Literal) or value.datatype.value != datatype:
        return False
    if datatype == _STRING:
        return True
    try:
        parse(value.value, DATATYPES[URIRef(datatype)])
    except ValueError:
        return False
    return True


def _is_plain(value: Object) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value == _STRING


def _is_at_least(value: Object, least: int) -> bool:
    if not isinstance(value, ox.Literal) or value.datatype.value != str(XSD.integer):
        return False
    try:
        return int(value.value) >= least
    except ValueError:
        return False


def _local(term: Term | None) -> str:
    return re.split("[#/]", str(term))[-1]


_STRING = str(XSD.string)
_NODE_TERMS = {
    RDF.type,
    SH.targetClass,
    SH.closed,
    SH.ignoredProperties,
    SH.property,
    SH.message,
}
_PROPERTY_TERMS = {
    SH.path,
    SH.datatype,
    SH.minCount,
    SH.maxCount,
    SH.minLength,
    SH.minInclusive,
    SH.pattern,
    SH["in"],
    SH["class"],
    SH["or"],
    SH.nodeKind,
    SH.message,
    MAP.inverse,
    MAP.inverseComment,
}
