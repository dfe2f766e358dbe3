"""From the value of a ``where`` argument to a condition of the plan.

What is null is as if it were not given, but for a walk to one: there null asks that it leads
nowhere. Conditions are two-valued: a missing value fulfils none, and so fulfils its negation.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from api.graphql.compiler.catalog import Catalog, NodeType, Property, Walk
from api.graphql.compiler.identifiers import Identifiers, Named
from api.graphql.compiler.parameters import ArgumentError, Parameters
from api.graphql.compiler.plan_conditions import (
    ALWAYS,
    Both,
    Compare,
    Comparison,
    Condition,
    Counted,
    Either,
    Labelled,
    Linked,
    Listed,
    Missing,
    Negated,
    Quantifier,
)

MAX_CONDITIONS = 200
MAX_VALUES = 1_000

_OPERATORS: dict[str, Comparison] = {
    "eq": "=",
    "in": "IN",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
    "contains": "CONTAINS",
    "startsWith": "STARTS WITH",
    "endsWith": "ENDS WITH",
}
_QUANTIFIERS: dict[str, Quantifier] = {
    "some": "some",
    "all": "all",
    "none": "none",
    "single": "single",
}


class Filters:
    """Reads the filters of one operation; their values become ``parameters``."""

    def __init__(self, catalog: Catalog, parameters: Parameters, identifiers: Identifiers) -> None:
        self._catalog = catalog
        self._parameters = parameters
        self._identifiers = identifiers
        self._segments = {label: segment for segment, label in catalog.segments.items()}
        self._left = MAX_CONDITIONS

    def condition(self, type_name: str, where: Mapping[str, Any] | None) -> Condition:
        """What ``where``, a filter of the type, asks for.

        Raises:
            ArgumentError: it has more conditions than an operation may have.
        """
        return _both(
            [
                self._entry(self._catalog.types[type_name], name, value)
                for name, value in (where or {}).items()
            ]
        )

    def identity(self, type_name: str) -> Callable[[str], str | Named]:
        """How ids of the type are read: a bare key is enough where all share a segment."""
        label = self._catalog.types[type_name].label.split(":")[-1]
        segment = self._segments.get(label)
        if segment is None:
            return self._identifiers.any
        return lambda value: self._identifiers.of(segment, value)

    def _entry(self, item: NodeType, name: str, value: Any) -> Condition:
        self._left -= 1
        if self._left < 0:
            msg = f"The filters have more than {MAX_CONDITIONS} conditions; use fewer."
            raise ArgumentError(msg)
        if name in item.walks and not item.walks[name].many:
            walk = item.walks[name]
            if value is None:
                return Linked(walk, "none", ALWAYS)
            return Linked(walk, "some", self.condition(walk.target, value))
        if value is None:
            return ALWAYS
        if name == "and":
            return _both([self.condition(item.name, part) for part in value])
        if name == "or":
            return Either(tuple(self.condition(item.name, part) for part in value))
        if name == "not":
            return Negated(self.condition(item.name, value))
        if name == "type":
            return _both([self._typed(key, part) for key, part in value.items()])
        if name in item.walks:
            return self._quantified(item.walks[name], value)
        prop = item.properties[name]
        return _both([self._compared(item, prop, key, part) for key, part in value.items()])

    def _typed(self, operator: str, value: Any) -> Condition:
        if value is None:
            return ALWAYS
        if operator == "isNull":
            return Either(()) if value else ALWAYS
        wanted = value if isinstance(value, list) else [value]
        return Labelled(tuple(_plain(item) for item in wanted))

    def _quantified(self, walk: Walk, value: Mapping[str, Any]) -> Condition:
        found: list[Condition] = []
        for name, part in value.items():
            if part is None:
                continue
            if name == "count":
                found += self._counted(walk, part)
            else:
                found.append(Linked(walk, _QUANTIFIERS[name], self.condition(walk.target, part)))
        return _both(found)

    def _counted(self, walk: Walk, value: Mapping[str, Any]) -> list[Condition]:
        found: list[Condition] = []
        for name, part in value.items():
            if name == "isNull" and part:
                found.append(Either(()))
            elif part is not None and name != "isNull":
                found.append(Counted(walk, _OPERATORS[name], self._parameters.add(part, _values)))
        return found

    def _compared(self, item: NodeType, prop: Property, operator: str, value: Any) -> Condition:
        if value is None:
            return ALWAYS
        if operator == "isNull":
            return Missing(prop.key) if value else Negated(Missing(prop.key))
        if operator in ("has", "hasAny", "hasAll"):
            wanted = value if operator != "has" else [value]
            parameter = self._parameters.add(wanted, _values)
            return Listed(prop.key, "all" if operator == "hasAll" else "any", parameter)
        convert: Callable[[Any], Any] = _values
        if prop.kind == "id":
            convert = _each(self.identity(item.name))
        return Compare(prop.key, _OPERATORS[operator], self._parameters.add(value, convert))


def _both(conditions: list[Condition]) -> Condition:
    flat: list[Condition] = []
    for condition in conditions:
        flat += condition.conditions if isinstance(condition, Both) else (condition,)
    return flat[0] if len(flat) == 1 else Both(tuple(flat))


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        # Without a zone it would compare with no stored time; the ontology's times are UTC.
        return value.replace(tzinfo=dt.UTC)
    return value.value if isinstance(value, Enum) else value


def _values(value: Any) -> Any:
    if not isinstance(value, list):
        return _plain(value)
    if len(value) > MAX_VALUES:
        msg = f"A list of values may have at most {MAX_VALUES} entries; this one has {len(value)}."
        raise ArgumentError(msg)
    return [_plain(item) for item in value]


def _each(convert: Callable[[str], str | Named]) -> Callable[[Any], Any]:
    def converted(value: Any) -> Any:
        if isinstance(value, list):
            return [convert(item) for item in _values(value)]
        return convert(value)

    return converted
