"""Sorting, and the keyset conditions by which a page goes on after a cursor, or ends before one.

What lacks a value comes last, whichever way a list is sorted. A page of a list's last nodes is read
backward: every part of the order the other way round.
"""

from dataclasses import dataclass

from api.graphql.compiler.conditions import Conditions
from api.graphql.compiler.plan import Paging, SortKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """How one list is read: its keys with their expressions, and the cursors' parameters."""

    keys: tuple[SortKey, ...]
    texts: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    backward: bool
    node: str
    computed: tuple[str, ...]

    @classmethod
    def none(cls) -> "Ordering":
        """The ordering of a row that stands in no list."""
        return cls(keys=(), texts=(), after=(), before=(), backward=False, node="", computed=())

    @classmethod
    def of(cls, paging: Paging, node: str, conditions: Conditions) -> "Ordering":
        """The ordering by the page's keys of the nodes in the variable ``node``."""
        texts, computed = [], []
        for index, key in enumerate(paging.order):
            if key.walk is not None:
                name = f"{node}_{index}"
                computed.append(f"{conditions.count(key.walk, node)} AS {name}")
                texts.append(name)
            else:
                texts.append(key.variable or f"{node}.{key.key}")
        return cls(
            keys=paging.order,
            texts=tuple(texts),
            after=tuple(f"${name}" for name in paging.after),
            before=tuple(f"${name}" for name in paging.before),
            backward=paging.backward,
            node=node,
            computed=tuple(computed),
        )

    @property
    def indexed(self) -> bool:
        """Whether an index gives the first key's order."""
        return self.keys[0].indexed and not self.computed

    @property
    def within(self) -> str:
        """The keyset conditions, where they can be told without computing anything."""
        return "" if self._bound else self._within

    def text(self, key: SortKey) -> str:
        """The expression of one of the keys."""
        return key.variable or self.texts[self.keys.index(key)]

    def lines(self) -> list[str]:
        """The clauses that sort; ``LIMIT`` may follow."""
        lines = []
        if self._bound:
            lines.append(f"WITH {', '.join(['*', *self.computed])}")
            if self._within:
                lines.append(f"WHERE {self._within}")
        lines.append(f"WITH * ORDER BY {self._order(0)}")
        return lines

    def in_index(self, lead: str, where: str, limit: str, *, present: bool) -> str:
        """Clauses that bind the page's nodes, read in the first key's index order.

        What lacks the key is a part of its own, begun only where the others do not fill the page
        (backward, it is the first part). It is left out where ``where`` asks for what has the key
        (``present``).
        """
        key, first = self.keys[0], self.texts[0]
        rest = self._order(1)
        order = f"{first}{' DESC' if key.descending != self.backward else ''}"
        order = f"{order}, {rest}" if rest else order
        # The bounds are redundant, and ranges the index can be entered by.
        below, above = ("<=", ">=") if key.descending else (">=", "<=")
        having, bounded = [f"{first} IS NOT NULL", where], list[str]()
        if self.after:
            having += [f"{first} {below} {self.after[0]}", self._beyond(0, self.after)]
        if self.before:
            bounded = [f"{first} {above} {self.before[0]}", self._beyond(0, self.before, back=True)]
        parts = [(f"{lead} WHERE {_and(having + bounded)}", order)]
        if not key.required:
            # What is before a cursor without the key: all that have it, and some that lack it.
            once = f"WITH 1 AS once WHERE {self.before[0]} IS NULL " if self.before else ""
            if once:
                parts.append((f"{once}{lead} WHERE {_and(having)}", order))
            if not present:
                parts.append((f"{once}{lead} WHERE {self._lacking(where)}", rest))
        if len(parts) == 1:
            return f"{parts[0][0]}\nWITH {self.node} ORDER BY {order} {limit}"
        texts = [f"{found} RETURN {self.node} ORDER BY {by} {limit}" for found, by in parts]
        union = "\nUNION ALL ".join(reversed(texts) if self.backward else texts)
        return f"CALL () {{ {union} }}\nWITH {self.node} {limit}"

    def _lacking(self, where: str) -> str:
        """The condition on nodes of the page that lack the first key."""
        parts = [f"{self.texts[0]} IS NULL", where]
        if self.after:
            parts.append(f"({self.after[0]} IS NOT NULL OR {self._beyond(1, self.after)})")
        if self.before:
            parts.append(self._beyond(1, self.before, back=True))
        return _and(parts)

    @property
    def _bound(self) -> bool:
        return bool(self.computed) or any(key.variable for key in self.keys)

    @property
    def _within(self) -> str:
        after = self._beyond(0, self.after) if self.after else ""
        before = self._beyond(0, self.before, back=True) if self.before else ""
        return _and([after, before])

    def _order(self, start: int) -> str:
        parts = []
        for key, text in list(zip(self.keys, self.texts, strict=True))[start:]:
            # Descending, the database has what lacks the value first.
            if key.descending and not key.required:
                parts.append(f"{text} IS NULL{' DESC' if self.backward else ''}")
            parts.append(f"{text} DESC" if key.descending != self.backward else text)
        return ", ".join(parts)

    def _beyond(self, index: int, cursor: tuple[str, ...], *, back: bool = False) -> str:
        """The condition that a node stands after the cursor, ``back`` before it.

        It is told from the key at ``index`` on, those in front of it being the same.
        """
        key, text, value = self.keys[index], self.texts[index], cursor[index]
        beyond = f"{text} {'<' if key.descending != back else '>'} {value}"
        same = f"{text} = {value}"
        if not key.required:
            missing, there = (value, text) if back else (text, value)
            beyond = f"({beyond} OR ({missing} IS NULL AND {there} IS NOT NULL))"
            same = f"({same} OR ({text} IS NULL AND {value} IS NULL))"
        if index == len(self.keys) - 1:
            return beyond
        return f"({beyond} OR ({same} AND {self._beyond(index + 1, cursor, back=back)}))"


def _and(conditions: list[str]) -> str:
    return " AND ".join(condition for condition in conditions if condition)
