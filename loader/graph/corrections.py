"""Corrections of names by hand: these two are one, those are not.

A correction is about two *names*, which outlive any article, and is kept in the graph as a node of
its own: every later load goes by it. Of two decisions about the same pair the later stands; what
would contradict decisions about other pairs is refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from neo4j import ManagedTransaction, Session

from loader.graph.origins.settling import find_origins
from loader.graph.resolution import Correction, Decisions, Name, candidates
from loader.graph.resolver import name_of, read_corrections, resolve_names
from loader.graph.retrying import execute_write, lock_dataset
from ontology import iris
from queries import cypher


class CorrectionError(Exception):
    """A correction cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What came of a correction: pairs of names decided, and decisions that they replaced."""

    pairs: tuple[tuple[str, str], ...]
    replaced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenName:
    """A name that stays apart, how many articles use it, and whom it could denote (ids)."""

    id: str
    spelling: str
    articles: int
    candidates: tuple[str, ...]


def merge(session: Session, one: str, other: str, *, at: datetime) -> Corrected:
    """Make the entities, or names, ``one`` and ``other`` (ids) the same.

    Raises:
        CorrectionError: there are no such, one is a person and one an organization, or another
            correction keeps them apart.
    """
    return _done(session, execute_write(session, _merge, one, other, at))


def split(session: Session, entity: str, names: Sequence[str], *, at: datetime) -> Corrected:
    """Part ``names`` (ids, or as they are written) from the other names of ``entity`` (an id).

    Raises:
        CorrectionError: there is no such entity, it has no such name or would keep none, or merges
            through other names hold the two together.
    """
    return _done(session, execute_write(session, _split, entity, names, at))


def undo(session: Session, one: str, other: str) -> Corrected:
    """Take back what was decided of ``one`` and ``other``: entities or names, by their ids.

    Raises:
        CorrectionError: nothing was.
    """
    return _done(session, execute_write(session, _undo, one, other))


def corrections(session: Session) -> list[dict[str, Any]]:
    """All corrections: id, kind, pair and the time of each."""
    return [dict(row) for row in session.run(cypher("read/corrections"))]


def open_names(session: Session, *, limit: int = 100) -> list[OpenName]:
    """The names that stay open, those that most articles use first."""
    return session.execute_read(_open_names, limit)


def entities_named(session: Session, text: str, *, limit: int = 100) -> list[dict[str, Any]]:
    """People and organizations with ``text`` in a name: id, name and spellings of each."""
    return [dict(row) for row in session.run(cypher("read/names_like"), text=text, limit=limit)]


def _done(session: Session, corrected: Corrected) -> Corrected:
    resolve_names(session)
    find_origins(session)
    return corrected


def _merge(tx: ManagedTransaction, one: str, other: str, at: datetime) -> Corrected:
    lock_dataset(tx)
    pair = _sorted(_own_name(tx, one), _own_name(tx, other))
    left, right = (iris.named_entity(name) for name in pair)
    if pair[0] == pair[1]:
        raise CorrectionError(f"{one} and {other} are the same name; give two different ones.")
    if left.partition("/")[0] != right.partition("/")[0]:
        raise CorrectionError(
            f"{left} and {right} cannot be merged: one is a person, the other an organization."
        )
    wanted = Correction(pair=pair, merge=True)
    kept = [item for item in read_corrections(tx) if _sorted(*item.pair) != pair]
    before = Decisions(kept)
    groups = before.group_of(pair[0]), before.group_of(pair[1])
    if before.apart(groups[0], sorted(groups[1])):
        blame = _split_between(kept, *groups)
        raise CorrectionError(
            f"{left} and {right} cannot be merged, because "
            f"{' and '.join(map(iris.named_entity, blame))} were split. Undo that first: "
            f"newsgraph entities undo {' '.join(map(iris.named_entity, blame))}"
        )
    return _write(tx, [wanted], at)


def _split(tx: ManagedTransaction, entity: str, wanted: Sequence[str], at: datetime) -> Corrected:
    lock_dataset(tx)
    found = _names(tx, entity)
    names = [row for row in found if row["entity"] == entity]
    if not names:
        raise CorrectionError(_unknown(entity, found))
    parted: set[str] = set()
    for text in wanted:
        meant = {row["id"] for row in names if _means(text, row)}
        if not meant:
            known = ", ".join(f"“{row['spelling']}” ({row['id']})" for row in names)
            raise CorrectionError(f"{entity} has no name “{text}”. Its names are: {known}.")
        parted |= meant
    rest = sorted({row["id"] for row in names} - parted)
    if not rest:
        raise CorrectionError(f"{entity} would have no name left; omit at least one of its names.")
    pairs = {_sorted(*pair) for pair in product(parted, rest)}
    kept = [item for item in read_corrections(tx) if _sorted(*item.pair) not in pairs]
    merges = Decisions(item for item in kept if item.merge)
    for one, other in sorted(pairs):
        if other in merges.group_of(one):
            raise CorrectionError(
                f"{iris.named_entity(one)} and {iris.named_entity(other)} were merged through "
                "other names; undo one of those merges first (`newsgraph entities list` shows "
                "them)."
            )
    return _write(tx, [Correction(pair=pair, merge=False) for pair in sorted(pairs)], at)


def _undo(tx: ManagedTransaction, one: str, other: str) -> Corrected:
    lock_dataset(tx)
    left, right = (
        {name, *(row["id"] for row in _names(tx, name)), _as_name(name)} for name in (one, other)
    )
    gone = [
        item.pair
        for item in read_corrections(tx)
        if (item.pair[0] in left and item.pair[1] in right)
        or (item.pair[1] in left and item.pair[0] in right)
    ]
    if not gone:
        raise CorrectionError(
            f"There is no correction for {one} and {other}; `newsgraph entities list` shows all "
            "corrections."
        )
    tx.run(
        cypher("write/forget_corrections"), ids=[iris.correction_id(pair) for pair in gone]
    ).consume()
    _await_comparison(tx, gone)
    return Corrected(pairs=tuple(gone), replaced=len(gone))


def _write(tx: ManagedTransaction, made: Sequence[Correction], at: datetime) -> Corrected:
    before = {_sorted(*item.pair): item.merge for item in read_corrections(tx)}
    rows = [
        {
            "id": iris.correction_id(item.pair),
            "kind": "merge" if item.merge else "split",
            "pair": list(item.pair),
        }
        for item in made
    ]
    tx.run(cypher("write/correct"), rows=rows, decidedAt=at).consume()
    pairs = tuple(item.pair for item in made)
    _await_comparison(tx, pairs)
    replaced = sum(before.get(item.pair, item.merge) != item.merge for item in made)
    return Corrected(pairs=pairs, replaced=replaced)


def _await_comparison(tx: ManagedTransaction, pairs: Iterable[tuple[str, str]]) -> None:
    ids = sorted({name for pair in pairs for name in pair})
    tx.run(cypher("write/await_comparison"), ids=ids).consume()


def _open_names(tx: ManagedTransaction, limit: int) -> list[OpenName]:
    rows = list(tx.run(cypher("read/open_names"), limit=limit))
    decisions = read_corrections(tx)
    keys = sorted({row["key"] for row in rows})
    found: dict[str, list[Name]] = defaultdict(list)
    entities: dict[str, str] = {}
    for row in tx.run(cypher("read/names_by_key"), keys=keys):
        found[row["key"]].append(name_of(row))
        entities[row["id"]] = row["entity"]
    return [
        OpenName(
            id=row["id"],
            spelling=row["spelling"],
            articles=row["articles"],
            candidates=tuple(
                sorted(
                    {entities[name] for name in candidates(row["id"], found[row["key"]], decisions)}
                )
            ),
        )
        for row in rows
    ]


def _own_name(tx: ManagedTransaction, text: str) -> str:
    """The name that an id of an entity or name means: of an entity, its own."""
    wanted = _as_name(text)
    found = _names(tx, text)
    if wanted not in {row["id"] for row in found}:
        raise CorrectionError(_unknown(text, found))
    return wanted


def _names(tx: ManagedTransaction, text: str) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.run(cypher("read/names_of"), wanted=[text])]


def _as_name(text: str) -> str:
    return text if text.startswith("name/") else iris.name_id(text)


def _means(text: str, row: dict[str, Any]) -> bool:
    return text in {row["id"], iris.named_entity(row["id"]), row["spelling"], *row["forms"]}


def _unknown(text: str, found: Sequence[dict[str, Any]]) -> str:
    if found:
        return f"{text} is now part of {found[0]['entity']}; use that id."
    return (
        f"The graph has no person or organization {text!r}. Ids look like person/ada-byron; find "
        "them with `newsgraph entities list TEXT`."
    )


def _split_between(
    decisions: Iterable[Correction], one: Iterable[str], other: Iterable[str]
) -> tuple[str, str]:
    between = {_sorted(*pair) for pair in product(one, other)}
    return min(item.pair for item in decisions if not item.merge and _sorted(*item.pair) in between)


def _sorted(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
