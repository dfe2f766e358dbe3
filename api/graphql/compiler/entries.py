"""Where a list had best be entered: a unique value, an index's order, or a value that few have.

Which values few have only the database knows, and a statement serves all values: so it counts, up
to ``FEW``, what an index has for a condition, and walks in order where there are more.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from api.graphql.compiler.catalog import Catalog, Property
from api.graphql.compiler.plan_conditions import (
    ALWAYS,
    Both,
    Compare,
    Condition,
    Linked,
    Missing,
    Negated,
)

FEW = 1_000
"""So many nodes are read and sorted within a millisecond or two; more are walked in order."""

_UNSELECTIVE = 90
_RANKS = {"=": 20, "IN": 30, "STARTS WITH": 40, "CONTAINS": 50, "ENDS WITH": 55}
_RANGE, _CHOICE = 60, 70
_IN_TEXT = ("CONTAINS", "ENDS WITH")
_MOST_COUNTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Conditions on one property that an index answers: by its words if ``text``."""

    key: str
    condition: Condition
    text: bool

    def hint(self, node: str, label: str) -> str:
        """The clause that has the database enter ``node`` here."""
        return f"USING {'TEXT ' if self.text else ''}INDEX {node}:{label}({self.key})"


def entries(
    condition: Condition, catalog: Catalog, type_name: str, walked: frozenset[str]
) -> tuple[Entry, ...]:
    """What a list could be entered by besides the order of ``walked``, the likely fewest first.

    A range of what is walked is no other entry: the walk begins at its end.
    """
    found = dict[tuple[str, bool], list[Compare]]()
    ranks = dict[tuple[str, bool], int]()
    properties = catalog.types[type_name].properties
    for part in _parts(condition):
        if not isinstance(part, Compare):
            continue
        prop, text = properties[part.key], part.operator in _IN_TEXT
        if not (prop.searchable if text else prop.indexed and part.key not in walked):
            continue
        place = (part.key, text)
        found.setdefault(place, []).append(part)
        ranks[place] = min(ranks.get(place, _UNSELECTIVE), _rank(part, prop))
    return tuple(
        Entry(key=key, text=text, condition=Both(tuple(found[key, text])))
        for key, text in sorted(found, key=lambda place: (ranks[place], place))[:_MOST_COUNTED]
    )


def by_id(condition: Condition, *, one: bool = False) -> bool:
    """Whether the condition names the nodes by their ids, ``one`` node by its id."""
    operators = ("=",) if one else ("=", "IN")
    return any(
        isinstance(part, Compare) and part.key == "id" and part.operator in operators
        for part in _parts(condition)
    )


def required(condition: Condition) -> frozenset[str]:
    """The properties that all nodes which fulfil the condition have."""
    match condition:
        case Both(conditions):
            return frozenset().union(*map(required, conditions))
        case Compare(key, _, _) | Negated(Missing(key)):
            return frozenset({key})
        case _:
            return frozenset()


def anchored(
    condition: Condition, catalog: Catalog, type_name: str
) -> tuple[Linked | None, Condition]:
    """A condition on what a list is linked to by which it had best be entered, and the others.

    The database starts a list at its own type; a unique or selective value some walks away is a
    better start: the statements of a person are found from the person.
    """
    parts = _parts(condition)
    own = min((_selectivity(part, catalog, type_name) for part in parts), default=_UNSELECTIVE)
    linked = [part for part in parts if isinstance(part, Linked) and part.quantifier == "some"]
    best = min(linked, key=lambda part: _chain(part, catalog), default=None)
    if best is None or _chain(best, catalog) >= min(own, _UNSELECTIVE):
        return None, condition
    rest = tuple(part for part in parts if part is not best)
    return best, Both(rest) if rest else ALWAYS


def chain(condition: Linked, catalog: Catalog) -> Iterator[tuple[Linked, Condition]]:
    """The links from a list to its best start, with the other conditions on each end."""
    best, rest = anchored(condition.condition, catalog, condition.walk.target)
    yield condition, rest
    if best is not None:
        yield from chain(best, catalog)


def _selectivity(condition: Condition, catalog: Catalog, type_name: str) -> int:
    """How few nodes the condition leaves, as a rank: 0 is one node by its id."""
    if not isinstance(condition, Compare):
        return _UNSELECTIVE
    prop = catalog.types[type_name].properties[condition.key]
    if prop.kind == "id":
        return 0 if condition.operator == "=" else 10
    if not prop.indexed or prop.kind in ("enum", "boolean"):
        return _UNSELECTIVE
    return _RANKS.get(condition.operator, _UNSELECTIVE)


def _chain(link: Linked, catalog: Catalog) -> int:
    parts = _parts(link.condition)
    ranks = [_selectivity(part, catalog, link.walk.target) for part in parts]
    ranks += [
        1 + _chain(part, catalog)
        for part in parts
        if isinstance(part, Linked) and part.quantifier == "some"
    ]
    return min(ranks, default=_UNSELECTIVE)


def _rank(part: Compare, prop: Property) -> int:
    if prop.kind in ("enum", "boolean"):
        return _CHOICE
    return _RANKS.get(part.operator, _RANGE)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.conditions if isinstance(condition, Both) else (condition,)
