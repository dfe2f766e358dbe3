"""Nodes and edges from values: what the ontology calls a value says where in the graph it goes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from loader.graph.shared import Row, merged
from ontology.derived import DERIVED
from ontology.model import Model, OntologyError, Relationship
from ontology.ranges import char_range

NAMED = frozenset({"Person", "Organization"})
"""The labels of what is known by names: whom a name denotes is decided in the graph."""

Nodes = dict[str, dict[str, Row]]
"""Nodes by label and id: their properties, the id among them."""

Pairs = set[tuple[str, str]]


class Edges(NamedTuple):
    """Relationships of one type, between nodes of two labels (those under which ids are unique)."""

    source: str
    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Delta:
    """Nodes, and edges as pairs of the ids of their ends.

    A target that is :data:`NAMED` is the own entity of the name that the article uses.
    """

    nodes: Nodes = field(default_factory=dict)
    edges: dict[Edges, Pairs] = field(default_factory=dict)


def owned(model: Model) -> dict[str, Relationship]:
    """The labels of what belongs to one article, with the relationship that says to which."""
    return {
        item.label: edge
        for item in model.keyed
        for edge in item.relationships
        if edge.targets == ("Article",) and edge.required and not edge.many
    }


class Builder:
    """A delta in the making, by the ontology's ``model``."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._delta = Delta()
        self._shapes: dict[tuple[str, type], _Shape] = {}

    @property
    def delta(self) -> Delta:
        """What was added."""
        edges = {kind: pairs for kind, pairs in self._delta.edges.items() if pairs}
        return Delta(self._delta.nodes, edges)

    def add(self, label: str, identifier: str, record: Any = None, **said: Any) -> None:
        """Add a node: ``said`` are values by the ontology's names, the others are the record's.

        What is None or empty is left out, and an edge to what the ontology does not let it lead to.
        Tuples are a record's, ranges of characters among them; lists are as the graph has them.
        """
        shape = self._shapes.get((label, record.__class__))
        if shape is None:
            shape = self._shapes[label, record.__class__] = self._shape(label, record, said)
        for name, attribute in shape.derived:
            said[name] = getattr(record, attribute)
        edges = shape.edges
        row: Row = {"id": identifier}
        for name, value in said.items():
            if value is None:
                continue
            ends, kind = edges.get(name), value.__class__
            if ends is None:
                if kind is tuple:
                    value = _property(value)
                if value or kind not in _SIZED:
                    row[name] = value
            elif kind is str:
                pairs = ends.get(value.partition("/")[0])
                if pairs is not None:
                    pairs.add((identifier, value))
            else:
                _link(identifier, ends, value)
        nodes = shape.nodes
        if identifier in nodes:
            row = merged(shape.label, nodes[identifier], row)
        nodes[identifier] = row

    def _shape(self, label: str, record: Any, said: Iterable[str]) -> "_Shape":
        """What nodes with ``label`` take from ``record``, where the values of ``said`` are given.

        Raises:
            OntologyError: the ontology gives them no such property or relationship.
        """
        model = self._model
        item = model.classes[label]
        names = {*(e.key for e in item.properties), *(e.name for e in item.relationships)}
        names.update(entry.key for entry in DERIVED.get(label, ()))
        if unknown := set(said) - names:
            raise OntologyError(f"the ontology gives {label} no {', '.join(sorted(unknown))}")
        keys = {other.segment: other.label for other in model.keyed}
        own = keys[item.segment]
        there = {entry.name for entry in fields(record)} if record is not None else set()
        wanted = ((name, _snake(name)) for name in sorted(names - set(said)))
        return _Shape(
            label=own,
            nodes=self._delta.nodes.setdefault(own, {}),
            edges={
                edge.name: {
                    segment: self._delta.edges.setdefault(
                        Edges(own, edge.type, keys[segment]), set()
                    )
                    for target in edge.targets
                    for segment in {
                        model.classes[below].segment for below in model.concrete_below(target)
                    }
                }
                for edge in item.relationships
            },
            derived=tuple((name, attribute) for name, attribute in wanted if attribute in there),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What the nodes of a class take from their records, and where it goes.

    Attributes:
        label: The label under which their ids are unique.
        nodes: Where the nodes go.
        edges: Where edges go, by the relationship's name and the first part of a target's id.
        derived: Names of properties and relationships, each with the record's attribute.
    """

    label: str
    nodes: dict[str, Row]
    edges: dict[str, dict[str, Pairs]]
    derived: tuple[tuple[str, str], ...]


def _link(identifier: str, ends: dict[str, Pairs], value: Any) -> None:
    """Add edges to what ``value`` names: several ids, or records that have one."""
    for item in value:
        target = item if item.__class__ is str else item.id
        pairs = ends.get(target.partition("/")[0])
        if pairs is not None:
            pairs.add((identifier, target))


def _property(values: tuple[Any, ...]) -> Any:
    """A tuple of a record as the graph has it: ranges of characters in words, others as a list."""
    first = values[0] if values else None
    if isinstance(first, int):
        return char_range((first, values[1]))
    if isinstance(first, tuple):
        return [char_range(span) for span in values]
    return list(values)


def _snake(name: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", name).lower()


_SIZED = frozenset({str, list, tuple})
