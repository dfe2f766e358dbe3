"""The graph's nodes as rows of the database and as plain values.

A row of the export statement is ``[id, labels, number of keys, relationships, *values]``, its
values in the order of a :class:`Projection`'s properties, a relationship spelt ``TYPE target``.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ontology.iris import key
from ontology.model import Class, Model, Property, Relationship
from ontology.rdf.values import RdfError, Scalar, check

Row = list[Any]
Value = Scalar | tuple[Scalar, ...]

FIXED = 4
"""How many columns of a row come before its properties."""

_TEMPORAL = {"date": "DATE", "dateTime": "ZONED DATETIME"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node with what goes out from it: values by key, sorted tuples for sets, (type, target)."""

    id: str
    labels: frozenset[str]
    properties: dict[str, Value]
    edges: frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Projection:
    """What a row says of the nodes that share a label and a range of ids.

    Attributes:
        label: the label they share, that of a class with ids of its own.
        segment: what their ids begin with, before the slash.
        classes: the classes they may be of, by their labels.
        properties: the properties they may have, in the order of a row's values.
    """

    label: str
    segment: str
    classes: dict[frozenset[str], Class]
    properties: tuple[Property, ...]

    @cached_property
    def columns(self) -> str:
        """The properties as columns of the export statement, for the variable ``node``.

        Dates and times are read as text: half the work of reading them as objects. A value of
        another type comes in a list, and is refused as one.
        """
        return ",\n    ".join(_column(entry) for entry in self.properties)

    @cached_property
    def edges(self) -> dict[frozenset[str], dict[str, Relationship]]:
        """The relationships that may go out from nodes of each class, by type."""
        return {
            labels: {edge.type: edge for edge in item.relationships}
            for labels, item in self.classes.items()
        }

    @cached_property
    def required_ids(self) -> str:
        """What the ids of these nodes begin with."""
        return f"{self.segment}/"

    def node(self, row: Row) -> Node:
        """The node that ``row`` is.

        Raises:
            RdfError: it holds what the ontology does not name, or values of another type.
        """
        identifier, labels = self.identity(row)
        properties: dict[str, Value] = {}
        for entry, value in zip(self.properties, row[FIXED:], strict=True):
            if value is not None:
                properties[entry.key] = self.value(identifier, entry, value)
        edges = [self.edge(identifier, labels, text) for text in row[3]]
        if len(set(edges)) != len(edges):
            raise RdfError(_doubled(identifier, edges))
        return Node(id=identifier, labels=labels, properties=properties, edges=frozenset(edges))

    def identity(self, row: Row) -> tuple[str, frozenset[str]]:
        """The id and labels of ``row``, once it is known to be wholly the ontology's."""
        identifier, names, keys, _ = row[:FIXED]
        if not isinstance(identifier, str) or not self._is_id(identifier):
            msg = (
                f"A node with the label {self.label} has the id {identifier!r}; change it to one "
                f"such as {self.segment}/…, or delete the node."
            )
            raise RdfError(msg)
        labels = frozenset(names)
        if labels not in self.classes:
            msg = (
                f"{identifier} has the labels {', '.join(sorted(labels))}, which together are not "
                "a class in the ontology; remove the surplus label, or add the missing one."
            )
            raise RdfError(msg)
        if keys != 1 + len(row) - FIXED - row.count(None):
            msg = (
                f"{identifier} has properties that the ontology does not define for {self.label}; "
                "`newsgraph validate` lists them."
            )
            raise RdfError(msg)
        return identifier, labels

    def value(self, identifier: str, entry: Property, value: object) -> Value:
        """``value`` of the property ``entry``, a set as a sorted tuple; RdfError if it is none."""
        try:
            if not entry.many:
                return check(value, entry.datatype)
            return tuple(check(item, entry.datatype) for item in sorted_set(value))
        except (TypeError, ValueError) as error:
            raise RdfError(_misfit(identifier, entry, error)) from error

    def edge(self, identifier: str, labels: frozenset[str], text: object) -> tuple[str, str]:
        """The type and target of a relationship; RdfError if the ontology has none such."""
        kind, _, target = text.partition(" ") if isinstance(text, str) else ("", "", "")
        if kind not in self.edges[labels] or not key(target):
            raise RdfError(_stray(identifier, text))
        return kind, target

    def explain(self, row: Row, error: Exception) -> RdfError:
        """What is wrong with ``row``, found by reading it slowly after ``error`` met it fast."""
        try:
            self.node(row)
        except RdfError as found:
            return found
        return RdfError(f"{row[0]} cannot be written: {error}")

    def _is_id(self, identifier: str) -> bool:
        return identifier.startswith(self.required_ids) and len(identifier) > len(self.required_ids)


def projections(model: Model) -> tuple[Projection, ...]:
    """A projection for each range of ids, in the order of ids."""
    made = []
    for item in sorted(model.keyed, key=lambda entry: entry.segment):
        classes = [model.classes[label] for label in model.concrete_below(item.label)]
        properties = {entry.key: entry for below in classes for entry in below.properties}
        made.append(
            Projection(
                label=item.label,
                segment=item.segment,
                classes={frozenset(below.labels): below for below in classes},
                properties=tuple(properties[name] for name in sorted(properties)),
            )
        )
    return tuple(made)


def sorted_set(value: object) -> list[Any]:
    """The items of a list that is a set, sorted; ValueError for any other value."""
    if not isinstance(value, list):
        msg = f"expected a list of values, found {type(value).__name__} {value!r}"
        raise ValueError(msg)
    if not value:
        msg = "the list is empty; remove the property"
        raise ValueError(msg)
    if len(set(value)) != len(value):
        msg = f"a list must not repeat values, but {value!r} does"
        raise ValueError(msg)
    return sorted(value)


def _column(entry: Property) -> str:
    kind = _TEMPORAL.get(entry.datatype)
    if kind is None or entry.many:
        return f"node.{entry.key}"
    return (
        f"CASE WHEN node.{entry.key} IS :: {kind}"
        f" THEN toString(node.{entry.key}) ELSE [node.{entry.key}] END"
    )


def _misfit(identifier: str, entry: Property, error: Exception) -> str:
    return f"{identifier}: its {entry.key} cannot be written: {error}."


def _stray(identifier: str, text: object) -> str:
    if text is None:
        return (
            f"{identifier} has a relationship that carries properties or leads to a node without an"
            " id; turn it into a node, or delete it."
        )
    return (
        f"{identifier} has the relationship {text!r}, which the ontology does not define; delete "
        "it, or add it to the ontology."
    )


def _doubled(identifier: str, edges: list[tuple[str, str]]) -> str:
    kind, target = next(edge for edge in edges if edges.count(edge) > 1)
    return f"{identifier} has the relationship {kind} to {target} twice; delete one of them."
