"""The ontology, read once into plain frozen values.

Constraints, indexes, the API's descriptions, RDF projections, Bloom's perspective and the page of
documentation are all derived from this model; nothing else reads the Turtle files.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal as Choice

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from ontology.terms import MAP, NAMESPACE, ONTOLOGY, SH, ontology_graph, shapes_graph

IndexKind = Choice["range", "text", "fulltext"]
Datatype = Choice["string", "integer", "boolean", "date", "dateTime"]

DATATYPES: dict[URIRef, Datatype] = {
    XSD.string: "string",
    XSD.integer: "integer",
    XSD.boolean: "boolean",
    XSD.date: "date",
    XSD.dateTime: "dateTime",
}
"""The datatypes that properties may have, by their IRIs."""


class OntologyError(Exception):
    """The ontology's files do not fit together; the message names the term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property of a class: ``key`` on the node, ``iri`` in RDF.

    ``same_as`` is what a value is appended to for a link to the same thing elsewhere.
    """

    key: str
    iri: str
    label: str
    description: str
    example: str
    datatype: Datatype
    required: bool
    many: bool
    choices: tuple[str, ...]
    indexes: tuple[IndexKind, ...]
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A relationship from a class: ``name`` in the API, ``type`` in Neo4j, ``iri`` in RDF.

    ``targets`` are labels. ``inverse`` is the name of the walk back, from target to source.
    """

    name: str
    type: str
    iri: str
    label: str
    description: str
    example: str
    source: str
    targets: tuple[str, ...]
    required: bool
    many: bool
    inverse: str
    inverse_description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class: ``label`` on its nodes, with what its nodes may and must carry.

    ``parents`` are labels of this ontology, nearest first, ``alignments`` IRIs of others.
    ``labels`` are all labels its nodes bear. An abstract class labels no node.
    """

    label: str
    iri: str
    name: str
    description: str
    example: str
    parents: tuple[str, ...]
    alignments: tuple[str, ...]
    abstract: bool
    segment: str
    caption: str
    colour: str
    icon: str
    labels: tuple[str, ...]
    properties: tuple[Property, ...]
    relationships: tuple[Relationship, ...]

    def property(self, key: str) -> Property:
        """The property ``key``; KeyError where the class has none."""
        for candidate in self.properties:
            if candidate.key == key:
                return candidate
        raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The whole ontology: its version and its classes by label."""

    version: str
    namespace: str
    classes: dict[str, Class]

    @property
    def concrete(self) -> tuple[Class, ...]:
        """The classes that label nodes, in the order of the file."""
        return tuple(item for item in self.classes.values() if not item.abstract)

    @property
    def keyed(self) -> tuple[Class, ...]:
        """The classes whose ``id`` is unique by a constraint of their own: one a segment."""
        return tuple(item for item in self.concrete if item.labels == (item.label,))

    def relationships(self) -> tuple[Relationship, ...]:
        """Every relationship, once for each class it starts from."""
        return tuple(
            edge
            for item in self.concrete
            for edge in item.relationships
            if edge.source == item.label
        )

    def walks_to(self, label: str) -> tuple[Relationship, ...]:
        """The relationships that can end in a node of the class ``label``."""
        ends = {label, *self.classes[label].parents}
        return tuple(edge for edge in self.relationships() if ends & set(edge.targets))

    def concrete_below(self, label: str) -> tuple[str, ...]:
        """The labels of nodes that are a ``label``: itself and what is below it."""
        return tuple(
            item.label for item in self.concrete if label == item.label or label in item.parents
        )


@cache
def load_model() -> Model:
    """Read ``ontology.ttl`` and ``shapes.ttl``.

    Raises:
        OntologyError: a shape names a term the ontology lacks, or a term lacks its description.
    """
    ontology, shapes = ontology_graph(), shapes_graph()
    iris = [iri for iri in _in_file_order(ontology, OWL.Class) if str(iri).startswith(NAMESPACE)]
    classes = {_local(iri): _class(iri, ontology, shapes) for iri in iris}
    version = ontology.value(ONTOLOGY, OWL.versionInfo)
    return Model(version=str(version), namespace=NAMESPACE, classes=classes)


def relationship_type(name: str) -> str:
    """``attributedTo`` → ``ATTRIBUTED_TO``."""
    return "".join(f"_{char}" if char.isupper() else char for char in name).upper()


def _in_file_order(graph: Graph, kind: URIRef) -> list[URIRef]:
    # rdflib's memory store keeps insertion order per index, which is the order of the file.
    return [iri for iri in graph.subjects(RDF.type, kind) if isinstance(iri, URIRef)]


def _class(iri: URIRef, ontology: Graph, shapes: Graph) -> Class:
    label = _local(iri)
    parents = _parents(iri, ontology)
    abstract = ontology.value(iri, MAP.abstract) == Literal(True)
    chain = (label, *parents)
    concrete_parents = tuple(
        parent
        for parent in parents
        if ontology.value(URIRef(NAMESPACE + parent), MAP.abstract) != Literal(True)
    )
    properties: list[Property] = []
    relationships: list[Relationship] = []
    for owner in chain:
        for shape in shapes.objects(URIRef(f"{NAMESPACE}{owner}Shape"), SH.property):
            path = shapes.value(shape, SH.path)
            if not isinstance(path, URIRef) or (path, RDF.type, None) not in ontology:
                msg = f"shapes.ttl: {owner}Shape names {path}, which ontology.ttl does not define"
                raise OntologyError(msg)
            if (shape, SH.datatype, None) in shapes:
                properties.append(_property(path, shape, ontology, shapes))
            else:
                relationships.append(_relationship(owner, path, shape, ontology, shapes))
    return Class(
        label=label,
        iri=str(iri),
        name=_text(iri, RDFS.label, ontology),
        description=_text(iri, RDFS.comment, ontology),
        example=_text(iri, SKOS.example, ontology),
        parents=parents,
        alignments=tuple(
            sorted(
                str(parent)
                for parent in ontology.objects(iri, RDFS.subClassOf)
                if not str(parent).startswith(NAMESPACE)
            )
        ),
        abstract=abstract,
        segment="" if abstract else _text(iri, MAP.segment, ontology),
        caption="" if abstract else _text(iri, MAP.caption, ontology),
        colour="" if abstract else _text(iri, MAP.colour, ontology),
        icon="" if abstract else _text(iri, MAP.icon, ontology),
        labels=() if abstract else (label, *concrete_parents),
        properties=tuple(properties),
        relationships=tuple(relationships),
    )


def _property(path: URIRef, shape: Node, ontology: Graph, shapes: Graph) -> Property:
    datatype = shapes.value(shape, SH.datatype)
    if not isinstance(datatype, URIRef) or datatype not in DATATYPES:
        msg = f"shapes.ttl: {_local(path)} has the datatype {datatype}, which has no mapping"
        raise OntologyError(msg)
    choices = shapes.value(shape, SH["in"])
    return Property(
        key=_local(path),
        iri=str(path),
        label=_text(path, RDFS.label, ontology),
        description=_text(path, RDFS.comment, ontology),
        example=_text(path, SKOS.example, ontology),
        datatype=DATATYPES[datatype],
        required=(shape, SH.minCount, None) in shapes,
        many=(shape, SH.maxCount, None) not in shapes,
        choices=tuple(str(item) for item in Collection(shapes, choices)) if choices else (),
        indexes=_indexes(path, ontology),
        same_as=str(ontology.value(path, MAP.sameAs) or ""),
    )


def _indexes(path: URIRef, ontology: Graph) -> tuple[IndexKind, ...]:
    wanted = {str(item) for item in ontology.objects(path, MAP["index"])}
    kinds: tuple[IndexKind, ...] = ("range", "text", "fulltext")
    return tuple(kind for kind in kinds if kind in wanted)


def _relationship(
    owner: str, path: URIRef, shape: Node, ontology: Graph, shapes: Graph
) -> Relationship:
    single = shapes.value(shape, SH["class"])
    either = shapes.value(shape, SH["or"])
    targets = (
        [single]
        if single is not None
        else [shapes.value(item, SH["class"]) for item in Collection(shapes, either)]
        if either is not None
        else []
    )
    if not targets:
        msg = f"shapes.ttl: {owner}Shape does not name the class that {_local(path)} leads to"
        raise OntologyError(msg)
    name = _local(path)
    return Relationship(
        name=name,
        type=relationship_type(name),
        iri=str(path),
        label=_text(path, RDFS.label, ontology),
        description=_text(path, RDFS.comment, ontology),
        example=_text(path, SKOS.example, ontology),
        source=owner,
        targets=tuple(_local(URIRef(str(target))) for target in targets),
        required=(shape, SH.minCount, None) in shapes,
        many=(shape, SH.maxCount, None) not in shapes,
        inverse=_text(shape, MAP.inverse, shapes),
        inverse_description=_text(shape, MAP.inverseComment, shapes),
    )


def _parents(iri: URIRef, ontology: Graph) -> tuple[str, ...]:
    own = [
        parent
        for parent in ontology.objects(iri, RDFS.subClassOf)
        if isinstance(parent, URIRef) and str(parent).startswith(NAMESPACE)
    ]
    found: list[str] = []
    for parent in own:
        found += [_local(parent), *_parents(parent, ontology)]
    return tuple(dict.fromkeys(found))


def _text(subject: Node, predicate: URIRef, graph: Graph) -> str:
    value = graph.value(subject, predicate)
    if value is None:
        msg = f"{subject} has no {_local(predicate)}"
        raise OntologyError(msg)
    return str(value)


def _local(iri: Node) -> str:
    return str(iri).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
