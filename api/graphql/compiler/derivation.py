"""Derive the API's catalog from the ontology.

Mechanical, but for the few facts GraphQL needs and an ontology does not state: plurals, the order
lists have when none is asked for, the ways to count, and the roots that are questions.
"""

from functools import cache
from typing import cast

from api.graphql.compiler.catalog import (
    Catalog,
    Choice,
    EnumType,
    Kind,
    NodeType,
    Property,
    Step,
    Walk,
)
from api.graphql.compiler.grouping import grouped
from api.graphql.compiler.root_fields import derive_roots
from api.graphql.compiler.search_clause import MATCHES
from ontology.model import Class, Model, Relationship, load_model
from ontology.model import Property as OntologyProperty

# Every list ends its order in the id; True is descending.
ORDERS: dict[str, tuple[tuple[str, bool], ...]] = {
    "Article": (("published", True),),
    "Statement": (("published", True), ("start", False)),
    "Page": (("name", False),),
    "Source": (("name", False),),
}
# The same, of a walk: an article's statements share its day, and come in reading order.
WALK_ORDERS = {("Article", "statements"): (("start", False),)}


@cache
def load_catalog() -> Catalog:
    """The catalog of the ontology in this project."""
    return derive(load_model())


def derive(model: Model) -> Catalog:
    """The catalog of ``model``."""
    enums: dict[str, EnumType] = {}
    objects = {item.label: _object(item, model, enums) for item in model.concrete}
    types = {**_interfaces(model, objects), **objects}
    types = {name: grouped(item, types) for name, item in types.items()}
    enums["NodeType"] = EnumType(
        name="NodeType",
        description="The types of nodes.",
        choices=tuple(
            Choice(name=_constant(item.label), value=item.label, description=item.description)
            for item in model.concrete
        ),
    )
    enums["SearchMatch"] = EnumType(
        name="SearchMatch",
        description="How a node matches a search.",
        choices=tuple(
            Choice(name=name, value=name, description=text) for name, text in MATCHES.items()
        ),
    )
    relationships = {edge.name: edge for edge in model.relationships()}
    enums["RelationshipType"] = EnumType(
        name="RelationshipType",
        description="The types of relationships, as named in the ontology.",
        choices=tuple(
            Choice(name=edge.type, value=edge.type, description=edge.description)
            for edge in relationships.values()
        ),
    )
    return Catalog(
        types=types,
        enums=enums,
        roots=derive_roots(
            model, {item.label: _target((item.label,), model) for item in model.concrete}
        ),
        segments={item.segment: item.label for item in model.keyed},
        searched={
            item.label: tuple(p.key for p in item.properties if "fulltext" in p.indexes)
            for item in model.concrete
        },
        relationships=tuple(edge.type for edge in relationships.values()),
        version=model.version,
    )


def _constant(label: str) -> str:
    return "".join(f"_{c}" if c.isupper() and i else c for i, c in enumerate(label)).upper()


def _object(item: Class, model: Model, enums: dict[str, EnumType]) -> NodeType:
    edges = [_forward(edge, model) for edge in item.relationships]
    edges += [_backward(edge, model, item.label) for edge in model.walks_to(item.label)]
    if item.label == "Article":
        edges.append(_experts())
    properties = [*_identity(), *(_property(item, p, enums) for p in item.properties)]
    names = [prop.name for prop in properties] + [edge.name for edge in edges]
    if twice := {name for name in names if names.count(name) > 1}:
        msg = f"{item.label} has two fields named {', '.join(sorted(twice))}: rename an inverse"
        raise ValueError(msg)
    wide = [parent for parent in item.parents if model.classes[parent].abstract]
    families = [f"Any{label}" for label in item.labels if len(model.concrete_below(label)) > 1]
    chain = (item.label, *item.parents)
    return NodeType(
        name=item.label,
        label=":".join(item.labels),
        abstract=False,
        description=f"{item.description} Example: {item.example}.",
        members=(item.label,),
        interfaces=("Node", *reversed(wide), *families),
        properties={field.name: field for field in properties},
        walks={field.name: field for field in edges},
        groups={},
        order=next((ORDERS[label] for label in chain if label in ORDERS), ()),
    )


def _identity() -> tuple[Property, Property]:
    return (
        Property(
            name="id",
            key="id",
            kind="id",
            required=True,
            indexed=True,
            description="The node's id, the same on every machine: person/ada-byron.",
        ),
        Property(
            name="iri",
            key="id",
            kind="iri",
            required=True,
            description="The node's IRI, as in the RDF export.",
        ),
    )


def _property(item: Class, source: OntologyProperty, enums: dict[str, EnumType]) -> Property:
    enum = ""
    if source.choices:
        enum = f"{item.label}{source.key[0].upper()}{source.key[1:]}"
        enums[enum] = EnumType(
            name=enum,
            description=source.description,
            choices=tuple(
                Choice(
                    name=value.upper(),
                    value=value,
                    description=f"{source.label.capitalize()}: {value}.",
                )
                for value in source.choices
            ),
        )
    return Property(
        name=source.key,
        key=source.key,
        kind="enum" if enum else cast(Kind, source.datatype),
        description=f"{source.description} Example: {source.example}.",
        required=source.required,
        many=source.many,
        enum=enum,
        indexed="range" in source.indexes,
        searchable="text" in source.indexes,
    )


def _forward(edge: Relationship, model: Model) -> Walk:
    # A relationship's type and start determine its end, which needs no label.
    step = Step(type=edge.type, forward=True, label="", end=_target(edge.targets, model))
    return Walk(
        name=edge.name,
        steps=(step,),
        target=step.end,
        many=edge.many,
        description=f"{edge.description} Example: {edge.example}.",
    )


def _backward(edge: Relationship, model: Model, start: str) -> Walk:
    sources = {other.source for other in model.relationships() if other.type == edge.type}
    label = edge.source if len(sources) > 1 else ""
    step = Step(type=edge.type, forward=False, label=label, end=_target((edge.source,), model))
    return Walk(
        name=edge.inverse,
        steps=(step,),
        target=step.end,
        many=True,
        description=edge.inverse_description,
        order=WALK_ORDERS.get((start, edge.inverse), ()),
    )


def _experts() -> Walk:
    cited = Step(
        type="IN_ARTICLE",
        forward=False,
        label="Citation",
        end="Citation",
        where=(("role", "expert"),),
    )
    person = Step(type="OF", forward=True, label="Person", end="Person")
    return Walk(
        name="experts",
        steps=(cited, person),
        target="Person",
        many=True,
        description="The people that the article cites as experts.",
    )


def _target(labels: tuple[str, ...], model: Model) -> str:
    """The narrowest type of the schema that holds every node with one of ``labels``."""
    ends = {below for label in labels for below in model.concrete_below(label)}
    if len(ends) == 1:
        return ends.pop()
    if len(labels) == 1 and not model.classes[labels[0]].abstract:
        return f"Any{labels[0]}"
    holding = [
        item
        for item in model.classes.values()
        if item.abstract and ends <= set(model.concrete_below(item.label))
    ]
    return max(holding, key=lambda item: len(item.parents)).label


def _interfaces(model: Model, objects: dict[str, NodeType]) -> dict[str, NodeType]:
    described = {"Node": "Any node in the graph."}
    described |= {c.label: c.description for c in model.classes.values() if c.abstract}
    for item in model.concrete:
        below = model.concrete_below(item.label)
        if len(below) > 1:
            names = " or ".join(model.classes[label].name for label in below)
            described[f"Any{item.label}"] = f"{item.description} Includes: {names}."
    return {name: _interface(name, text, objects) for name, text in described.items()}


def _interface(name: str, description: str, objects: dict[str, NodeType]) -> NodeType:
    members = [item for item in objects.values() if name in item.interfaces]
    first, *others = members
    shared = set(first.interfaces)
    for item in others:
        shared &= set(item.interfaces)
    wider = [
        candidate
        for candidate in first.interfaces
        if candidate in shared
        and candidate != name
        and first.interfaces.index(candidate) < first.interfaces.index(name)
    ]
    return NodeType(
        name=name,
        label=name.removeprefix("Any") if name.startswith("Any") else "",
        abstract=True,
        description=description,
        members=tuple(item.name for item in members),
        interfaces=tuple(wider),
        properties={
            field.name: field
            for field in first.properties.values()
            if all(item.properties.get(field.name) == field for item in others)
        },
        walks={
            field.name: field
            for field in first.walks.values()
            if all(item.walks.get(field.name) == field for item in others)
        },
        groups={},
        order=first.order if all(item.order == first.order for item in others) else (),
    )
