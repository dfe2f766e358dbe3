"""Sorting, and the keyset conditions by which a page goes on after a cursor, or ends before one.

What lacks a value comes last, whichever way a list is sorted. A page of a list's last nodes is read
backward: every part of the order the other way round.
"""

from dataclasses import dataclass

from api.graphql.compiler.conditions import Conditions
from api.graphql.compiler.plan import Paging, SortKey

_ONCE = "WITH 1 AS once WHERE "


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What is read in an index's order: ``match`` and ``where`` say which nodes.

    ``label`` bears the indexes, and only nodes with the properties ``present`` are asked for.
    """

    node: str
    match: str
    label: str
    where: str
    present: frozenset[str]

    def by(self, key: str) -> str:
        """The match, by the index of ``key``: the database would guess, and often wrong."""
        return f"{self.match} USING INDEX {self.node}:{self.label}({key})"


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

    def in_index(self, walk: Walked, limit: str) -> str:
        """Clauses that bind the page's nodes, read in the order of an index.

        A key with few values, each of them known, gives no order worth walking: its values are
        gone through, and the next key's index is walked for each. What lacks the key is a part of
        its own, begun only where the others do not fill the page (backward, it is the first part).
        It is left out where only what has the key is asked for.
        """
        key = self.keys[0]
        parts = self._by_value(walk) if self.by_value else self._present(walk)
        if not key.required and key.key not in walk.present:
            # What is before a cursor without the key: all that have it, and some that lack it.
            once = f"{_ONCE}{self.before[0]} IS NULL " if self.before else ""
            parts.append((f"{once}{walk.match} WHERE {self._lacking(walk.where)}", self._order(1)))
        if len(parts) == 1:
            found, by = parts[0]
            return f"{found}\nWITH {self.node} ORDER BY {by} {limit}"
        texts = [f"{found} RETURN {self.node} ORDER BY {by} {limit}" for found, by in parts]
        union = "\nUNION ALL ".join(reversed(texts) if self.backward else texts)
        return f"CALL () {{ {union} }}\nWITH {self.node} {limit}"

    @property
    def walked(self) -> frozenset[str]:
        """The properties whose indexes give the order."""
        return frozenset(key.key for key in self.keys[: 2 if self.by_value else 1])

    @property
    def by_value(self) -> bool:
        """Whether the first key has few values, and an index gives the second one's order."""
        return bool(self.keys[0].values) and self.keys[1].indexed

    def _present(self, walk: Walked) -> list[tuple[str, str]]:
        """What has the first key, with the order it is read in."""
        key, first = self.keys[0], self.texts[0]
        # The bounds are redundant, and ranges the index can be entered by.
        below, above = ("<=", ">=") if key.descending else (">=", "<=")
        having, bounded = [f"{first} IS NOT NULL", walk.where], list[str]()
        if self.after:
            having += [f"{first} {below} {self.after[0]}", self._beyond(0, self.after)]
        if self.before:
            bounded = [f"{first} {above} {self.before[0]}", self._beyond(0, self.before, back=True)]
        lead, order = walk.by(key.key), self._walked(0)
        parts = [(f"{lead} WHERE {_and(having + bounded)}", order)]
        if self.before and not key.required:
            parts.append((f"{_ONCE}{self.before[0]} IS NULL {lead} WHERE {_and(having)}", order))
        return parts

    def _by_value(self, walk: Walked) -> list[tuple[str, str]]:
        """What has the first key, one value after the other, with the order it is read in."""
        key, second = self.keys[0], self.keys[1]
        below, above = (">=", "<=") if key.descending else ("<=", ">=")
        parts = []
        for value in sorted(key.values, reverse=key.descending):
            literal = str(value).lower() if isinstance(value, bool) else f"'{value}'"
            # A value on the other side of a cursor is not looked for.
            gates = [f"{self.after[0]} {below} {literal}"] if self.after else []
            if self.before:
                gates.append(f"({self.before[0]} IS NULL OR {self.before[0]} {above} {literal})")
            once = f"{_ONCE}{_and(gates)} " if gates else ""
            where = _and([f"{self.texts[0]} = {literal}", walk.where, self._within])
            there, lacking = f"{self.texts[1]} IS NOT NULL", f"{self.texts[1]} IS NULL"
            parts.append(
                (f"{once}{walk.by(second.key)} WHERE {there} AND {where}", self._walked(1))
            )
            if not second.required and second.key not in walk.present:
                by = self._order(2)
                parts.append((f"{once}{walk.by(key.key)} WHERE {lacking} AND {where}", by))
        return parts

    def _walked(self, index: int) -> str:
        """The order from the key at ``index`` on, among what has it."""
        text, rest = self.texts[index], self._order(index + 1)
        order = f"{text}{' DESC' if self.keys[index].descending != self.backward else ''}"
        return f"{order}, {rest}" if rest else order

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
