"""Conditions of the plan as Cypher."""

from api.graphql.compiler.catalog import Catalog, Step, Walk
from api.graphql.compiler.plan_conditions import (
    Both,
    Cited,
    Compare,
    Condition,
    Counted,
    Either,
    Labelled,
    Linked,
    Listed,
    Missing,
    Negated,
)

_NEVER = "false"
CITED = "-[:ATTRIBUTED_TO]->()<-[:OF]-({end}:Citation)-[:IN_ARTICLE]->()<-[:STATED_IN]-({start})"
"""From a statement to how its article cites its source."""


class Names:
    """New variables of a statement: ``n0``, ``n1`` …."""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        """A variable that the statement has not got yet."""
        self._count += 1
        return f"n{self._count - 1}"


class Conditions:
    """Writes conditions on a variable."""

    def __init__(self, catalog: Catalog, names: Names) -> None:
        self._catalog = catalog
        self._names = names

    def text(self, condition: Condition, node: str, *, exact: bool = False) -> str:
        """The condition on ``node``; empty where it always holds.

        ``exact`` asks for true or false where a missing value would give null, which below a
        negation would not be the opposite of false.
        """
        match condition:
            case Both(conditions):
                parts = [self.text(item, node, exact=exact) for item in conditions]
                return " AND ".join(part for part in parts if part)
            case Either(conditions):
                parts = [self.text(item, node, exact=exact) for item in conditions]
                if not parts:
                    return _NEVER
                return "" if "" in parts else f"({' OR '.join(map(_grouped, parts))})"
            case Negated(Missing(key)):
                return f"{node}.{key} IS NOT NULL"
            case Negated(inner):
                text = self.text(inner, node, exact=True)
                return f"NOT ({text})" if text else _NEVER
            case Compare(key, operator, parameter):
                text = f"{node}.{key} {operator} ${parameter}"
                return f"coalesce({text}, false)" if exact else text
            case Listed(key, quantifier, parameter):
                values = f"coalesce({node}.{key}, [])"
                if quantifier == "all":
                    return f"all(item IN ${parameter} WHERE item IN {values})"
                return f"any(item IN {values} WHERE item IN ${parameter})"
            case Missing(key):
                return f"{node}.{key} IS NULL"
            case Labelled(types):
                return self._labelled(types, node)
            case Counted(walk, operator, parameter):
                return f"{self.count(walk, node)} {operator} ${parameter}"
            case Cited(parameter):
                cited = self._names.new()
                return (
                    f"EXISTS {{ ({node}){CITED.format(end=cited, start=node)} "
                    f"WHERE {cited}.role IN ${parameter} }}"
                )
            case Linked():
                return self._linked(condition, node)

    def count(self, walk: Walk, node: str) -> str:
        """How many ``walk`` leads to from ``node``."""
        end = "" if walk.direct else self._names.new()
        pattern = f"({node}){steps(walk.steps, end)}"
        # A count of one pattern without conditions is read off the node's degree.
        return (
            f"COUNT {{ {pattern} }}"
            if walk.direct
            else (f"COUNT {{ MATCH {pattern} RETURN DISTINCT {end} }}")
        )

    def _linked(self, condition: Linked, node: str) -> str:
        walk, end = condition.walk, self._names.new()
        pattern = f"MATCH ({node}){steps(walk.steps, end)}"
        if condition.quantifier == "all":
            inner = self.text(condition.condition, end, exact=True)
            return f"NOT EXISTS {{ {pattern} WHERE NOT ({inner}) }}" if inner else ""
        inner = self.text(condition.condition, end)
        where = f"{pattern} WHERE {inner}" if inner else pattern
        if condition.quantifier == "single":
            return f"COUNT {{ {where} RETURN DISTINCT {end} }} = 1"
        exists = f"EXISTS {{ {where} }}"
        return f"NOT {exists}" if condition.quantifier == "none" else exists

    def _labelled(self, types: tuple[str, ...], node: str) -> str:
        parts = []
        for name in dict.fromkeys(types):
            item = self._catalog.types[name]
            narrower = [
                other.label.partition(":")[0]
                for other in self._catalog.types.values()
                if not other.abstract and name in other.label.split(":")[1:]
            ]
            label = item.label.partition(":")[0]
            parts.append(" AND ".join([f"{node}:{label}", *(f"NOT {node}:{n}" for n in narrower)]))
        return f"({' OR '.join(map(_grouped, parts))})" if parts else _NEVER


def steps(path: tuple[Step, ...], end: str, label: str = "") -> str:
    """The pattern of a walk after its first node; ``end`` names the last one, ``label`` it."""
    text = ""
    for index, step in enumerate(path):
        last = index == len(path) - 1
        name = end if last else ""
        labelled = (label if last else "") or step.label
        where = ", ".join(f"{key}: '{value}'" for key, value in step.where)
        node = f"({name}{f':{labelled}' if labelled else ''}{f' {{{where}}}' if where else ''})"
        text += f"-[:{step.type}]->{node}" if step.forward else f"<-[:{step.type}]-{node}"
    return text


def _grouped(text: str) -> str:
    return f"({text})" if " AND " in text else text
