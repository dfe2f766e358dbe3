"""Sorting, and the keyset conditions by which a page goes on after a cursor.

What lacks a value comes last, whichever way a list is sorted.
"""

from dataclasses import dataclass

from api.compiler.conditions import Conditions
from api.compiler.plan import SortKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """How one list is sorted: its keys with their expressions, and the cursor's parameters."""

    keys: tuple[SortKey, ...]
    texts: tuple[str, ...]
    after: tuple[str, ...]
    node: str
    computed: tuple[str, ...]

    @classmethod
    def none(cls) -> "Ordering":
        """The ordering of a row that stands in no list."""
        return cls(keys=(), texts=(), after=(), node="", computed=())

    @classmethod
    def of(
        cls, keys: tuple[SortKey, ...], node: str, after: tuple[str, ...], conditions: Conditions
    ) -> "Ordering":
        """The ordering by ``keys`` of the nodes in the variable ``node``."""
        texts, computed = [], []
        for index, key in enumerate(keys):
            if key.walk is not None:
                name = f"{node}_{index}"
                computed.append(f"{conditions.count(key.walk, node)} AS {name}")
                texts.append(name)
            else:
                texts.append(key.variable or f"{node}.{key.key}")
        return cls(
            keys=keys,
            texts=tuple(texts),
            after=tuple(f"${name}" for name in after),
            node=node,
            computed=tuple(computed),
        )

    @property
    def indexed(self) -> bool:
        """Whether an index gives the first key's order."""
        return self.keys[0].indexed and not self.computed

    @property
    def before(self) -> str:
        """The keyset condition, where it can be told without computing anything."""
        return self._after(0) if self.after and not self._bound else ""

    def text(self, key: SortKey) -> str:
        """The expression of one of the keys."""
        return self.texts[self.keys.index(key)]

    def lines(self) -> list[str]:
        """The clauses that sort; ``LIMIT`` may follow."""
        lines = []
        if self._bound:
            lines.append(f"WITH {', '.join(['*', *self.computed])}")
            if self.after:
                lines.append(f"WHERE {self._after(0)}")
        lines.append(f"WITH * ORDER BY {self._order(0)}")
        return lines

    def in_index(self, lead: str, where: str, limit: str, *, present: bool) -> str:
        """Clauses that bind the page's nodes, read in the first key's index order.

        A second part, begun only where the first does not fill the page, is what lacks the key;
        it is left out where ``where`` asks for what has it (``present``).
        """
        first, after = self.texts[0], self.after
        having = [f"{first} IS NOT NULL", where]
        if after:
            bound = "<=" if self.keys[0].descending else ">="
            # Redundant, and a range the index can be entered by.
            having += [f"{first} {bound} {after[0]}", self._after(0)]
        found = f"{lead} WHERE {_and(having)}"
        order = f"ORDER BY {first}{' DESC' if self.keys[0].descending else ''}"
        rest = self._order(1)
        order = f"{order}, {rest}" if rest else order
        if present or self.keys[0].required:
            return f"{found}\nWITH {self.node} {order} {limit}"
        missing = [f"{first} IS NULL", where]
        if after:
            missing.append(f"({after[0]} IS NOT NULL OR {self._after(1)})")
        return (
            f"CALL () {{ {found} RETURN {self.node} {order} {limit}\n"
            f"UNION ALL {lead} WHERE {_and(missing)} "
            f"RETURN {self.node} ORDER BY {rest} {limit} }}\n"
            f"WITH {self.node} {limit}"
        )

    @property
    def _bound(self) -> bool:
        return bool(self.computed) or any(key.variable for key in self.keys)

    def _order(self, start: int) -> str:
        parts = []
        for key, text in list(zip(self.keys, self.texts, strict=True))[start:]:
            # Descending, the database has what lacks the value first.
            if key.descending and not key.required:
                parts.append(f"{text} IS NULL")
            parts.append(f"{text} DESC" if key.descending else text)
        return ", ".join(parts)

    def _after(self, index: int) -> str:
        """The condition that a node stands after the cursor, from the key at ``index`` on."""
        key, text, value = self.keys[index], self.texts[index], self.after[index]
        beyond = f"{text} {'<' if key.descending else '>'} {value}"
        same = f"{text} = {value}"
        if not key.required:
            beyond = f"({beyond} OR ({text} IS NULL AND {value} IS NOT NULL))"
            same = f"({same} OR ({text} IS NULL AND {value} IS NULL))"
        if index == len(self.keys) - 1:
            return beyond
        return f"({beyond} OR ({same} AND {self._after(index + 1)}))"


def _and(conditions: list[str]) -> str:
    return " AND ".join(condition for condition in conditions if condition)
