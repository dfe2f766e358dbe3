"""Derive the API's catalog from the ontology.

Mechanical, but for the few facts GraphQL needs and an ontology does not state: plurals, the order
lists have when none is asked for, the ways to count, and the roots that are questions.
"""

from dataclasses import replace
from functools import cache
from typing import cast

from api.compiler.catalog import (
    Catalog,
    Choice,
    EnumType,
    Group,
    Kind,
    NodeType,
    Property,
    Root,
    Step,
    Walk,
)
from ontology.model import Class, Model, Relationship, load_model
from ontology.model import Property as OntologyProperty

PLURALS = {"Person": "people", "Country": "countries", "ExtractionRun": "extractionRuns"}
# Every list ends its order in the id; True is descending.
ORDERS: dict[str, tuple[tuple[str, bool], ...]] = {
    "Article": (("published", True),),
    "Statement": (("published", True), ("start", False)),
    "Page": (("name", False),),
    "Entity": (("name", False),),
}
# Ways to count: name → path of walks, then a property, or none to count by the nodes themselves.
GROUPS: dict[str, dict[str, str]] = {
    "Article": {
        "byDay": "published",
        "byCountry": "mentions:Country",
        "byOutlet": "publishedBy",
        "byAuthor": "writtenBy",
        "bySpeaker": "statements.attributedTo",
        "byRole": "citations.role",
        "byKind": "kind",
    },
    "Statement": {
        "byDay": "published",
        "byCountry": "about",
        "bySpeaker": "attributedTo",
        "byOutlet": "statedIn.publishedBy",
        "byKind": "kind",
    },
    "Claim": {
        "byDay": "statements.published",
        "byCountry": "about",
        "bySpeaker": "statements.attributedTo",
        "byOutlet": "statements.statedIn.publishedBy",
    },
    "Citation": {
        "byDay": "inArticle.published",
        "byOutlet": "inArticle.publishedBy",
        "byRole": "role",
    },
    "Person": {
        "byCountry": "statements.about",
        "byOutlet": "citedIn.publishedBy",
        "byRole": "citations.role",
    },
    "Mention": {"byDay": "inArticle.published", "byOutlet": "inArticle.publishedBy"},
}
_GROUPED = {
    "byDay": "by day of publication, newest first",
    "byCountry": "by country, most first",
    "byOutlet": "by publishing outlet, most first",
    "byAuthor": "by author, most first",
    "bySpeaker": "by the agent that statements are attributed to, most first",
    "byRole": "by role of citation, most first",
    "byKind": "by kind, most first",
}
_EXPERT = (Step(type="OF", forward=False, label="", end="Citation", where=(("role", "expert"),)),)
_AUTHOR = (Step(type="WRITTEN_BY", forward=False, label="", end="Article"),)


@cache
def load_catalog() -> Catalog:
    """The catalog of the ontology in this project."""
    return derive(load_model())


def derive(model: Model) -> Catalog:
    """The catalog of ``model``."""
    enums: dict[str, EnumType] = {}
    objects = {item.label: _object(item, model, enums) for item in model.concrete}
    types = {**_interfaces(model, objects), **objects}
    types = {name: _grouped(item, types) for name, item in types.items()}
    enums["NodeType"] = EnumType(
        name="NodeType",
        description="The types of nodes.",
        choices=tuple(
            Choice(name=_constant(item.label), value=item.label, description=item.description)
            for item in model.concrete
        ),
    )
    relationships = {edge.name: edge for edge in model.relationships()}
    enums["RelationshipType"] = EnumType(
        name="RelationshipType",
        description="The types of relationships, as the ontology names them.",
        choices=tuple(
            Choice(name=edge.type, value=edge.type, description=edge.description)
            for edge in relationships.values()
        ),
    )
    return Catalog(
        types=types,
        enums=enums,
        roots=_roots(model),
        segments={item.segment: item.label for item in model.keyed},
        searched={
            item.label: tuple(p.key for p in item.properties if "fulltext" in p.indexes)
            for item in model.concrete
        },
        relationships=tuple(edge.type for edge in relationships.values()),
        version=model.version,
    )


def plural(label: str) -> str:
    """The field that lists a type's nodes: ``Article`` → ``articles``."""
    return PLURALS.get(label, f"{label[0].lower()}{label[1:]}s")


def _constant(label: str) -> str:
    return "".join(f"_{c}" if c.isupper() and i else c for i, c in enumerate(label)).upper()


def _object(item: Class, model: Model, enums: dict[str, EnumType]) -> NodeType:
    edges = [_forward(edge, model) for edge in item.relationships]
    edges += [_backward(edge, model) for edge in model.walks_to(item.label)]
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
    )


def _forward(edge: Relationship, model: Model) -> Walk:
    # A relationship's type and start settle what it ends in, so the end needs no label.
    step = Step(type=edge.type, forward=True, label="", end=_target(edge.targets, model))
    return Walk(
        name=edge.name,
        steps=(step,),
        target=step.end,
        many=edge.many,
        description=f"{edge.description} Example: {edge.example}.",
    )


def _backward(edge: Relationship, model: Model) -> Walk:
    sources = {other.source for other in model.relationships() if other.type == edge.type}
    label = edge.source if len(sources) > 1 else ""
    step = Step(type=edge.type, forward=False, label=label, end=_target((edge.source,), model))
    return Walk(
        name=edge.inverse,
        steps=(step,),
        target=step.end,
        many=True,
        description=edge.inverse_description,
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
        description="The people the article cites as experts.",
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
    described = {"Node": "Anything in the graph that has an id."}
    described |= {c.label: c.description for c in model.classes.values() if c.abstract}
    for item in model.concrete:
        below = model.concrete_below(item.label)
        if len(below) > 1:
            names = " or ".join(model.classes[label].name for label in below)
            described[f"Any{item.label}"] = f"{item.description} Here: {names}."
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


def _grouped(item: NodeType, types: dict[str, NodeType]) -> NodeType:
    wanted = GROUPS.get(item.name, {})
    groups = {name: _group(name, path, item, types) for name, path in wanted.items()}
    return replace(item, groups=groups)


def _group(name: str, path: str, item: NodeType, types: dict[str, NodeType]) -> Group:
    path, _, narrowed = path.partition(":")
    here, walks, key = item, list[Walk](), ""
    for part in path.split("."):
        if part in here.walks:
            walks.append(here.walks[part])
            here = types[walks[-1].target]
        else:
            key = part
    prop = here.properties[key] if key else None
    return Group(
        name=name,
        path=tuple(walks),
        key=key,
        kind=prop.kind if prop else "id",
        target=prop.enum if prop else narrowed or here.name,
        description=f"How many there are {_GROUPED[name]}.",
    )


def _roots(model: Model) -> dict[str, Root]:
    roots: list[Root] = []
    for item in model.concrete:
        singular = f"{item.label[0].lower()}{item.label[1:]}"
        target = _target((item.label,), model)
        roots.append(
            Root(
                name=singular,
                kind="one",
                target=target,
                description=f"The {item.name} with this id, or null.",
            )
        )
        roots.append(
            Root(
                name=plural(item.label),
                kind="many",
                target=target,
                description=f"Every {item.name}. {item.description}",
            )
        )
    roots += [
        Root(
            name="authors",
            kind="many",
            target="Person",
            having=_AUTHOR,
            description="The people named as author by an article's byline.",
        ),
        Root(
            name="experts",
            kind="many",
            target="Person",
            having=_EXPERT,
            description="The people cited as expert by an article.",
        ),
        Root(
            name="node",
            kind="node",
            target="Node",
            description="Whatever has this id, or null.",
        ),
        Root(
            name="search",
            kind="search",
            target="Node",
            description="Nodes whose names, titles or words hold all the words of a text, "
            "best match first. Words in quotation marks are looked for side by side.",
        ),
        Root(
            name="path",
            kind="path",
            target="Node",
            description="The shortest ways between two nodes, over relationships in either "
            "direction (that to the extraction run aside, which links everything).",
        ),
        Root(
            name="neighbors",
            kind="neighbors",
            target="Node",
            description="What is linked to a node, by type of relationship.",
        ),
        Root(
            name="claimsBetween",
            kind="between",
            target="Claim",
            description="Claims that voices of one country make about another: the government "
            "itself, or a source who speaks for it.",
        ),
        Root(
            name="coCited",
            kind="coCited",
            target="Agent",
            description="Who else is cited in the articles that cite a person, most often first.",
        ),
        Root(name="stats", kind="stats", target="Stats", description="What is in the graph."),
    ]
    return {root.name: root for root in roots}
