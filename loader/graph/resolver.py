"""Decide in the graph whom names denote, and let everything said by a name follow it.

A name that is new, that changed, or whose like went away is *pending*. Resolution compares the
pending with what has the same key and with nothing else, so one article costs a few names. Whoever
resolves holds a lock and starts from what is in the graph: loads may end at once, be killed here,
or leave it to the next, and the graph becomes that of the names alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import ManagedTransaction, Session

from loader.graph.refreshing import refresh_named
from loader.graph.resolution.clusters import Correction, Name, Resolved, resolve
from loader.graph.resolution.keys import match_key
from loader.graph.retrying import execute_write, lock_dataset
from loader.graph.statements import filled
from ontology import iris
from queries import cypher

_NAMES_AT_ONCE = 1_000
_MOVES_AT_ONCE = 5_000

_PARTS = (
    ("Citation", "IN_ARTICLE", "affiliationName", "AFFILIATED_WITH"),
    ("Statement", "STATED_IN", "sourceName", "ATTRIBUTED_TO"),
    ("Statement", "STATED_IN", "channelName", "REPORTED_VIA"),
)
"""What follows a name: a label, how it is linked to its article, the key of the name, the type."""
_ARTICLES = ("relink_mentions", "relink_citations", "relink_authors", "relink_outlets")


def resolve_names(session: Session) -> None:
    """Resolve all pending names, in transactions of a bounded size."""
    while execute_write(session, _resolve_some):
        pass


def read_corrections(tx: ManagedTransaction) -> list[Correction]:
    """All corrections in the graph."""
    return [
        Correction(pair=(row["pair"][0], row["pair"][1]), merge=row["kind"] == "merge")
        for row in tx.run(cypher("read/corrections"))
    ]


def name_of(row: Mapping[str, Any]) -> Name:
    """The name that a row of ``read/names_by_key`` tells of."""
    return Name(id=row["id"], spelling=row["spelling"], alternatives=frozenset(row["alternatives"]))


def linked_keys(keys: Iterable[str], corrections: Iterable[Correction]) -> list[str]:
    """The match keys to look at together with ``keys``, since merges link their names."""
    near: dict[str, set[str]] = defaultdict(set)
    for correction in corrections:
        if correction.merge:
            one, other = (match_key(iris.named_entity(name)) for name in correction.pair)
            near[one].add(other)
            near[other].add(one)
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(near[key])
    return sorted(found)


def _resolve_some(tx: ManagedTransaction) -> bool:
    """Resolve some of the pending names; return whether there may be more."""
    if not _pending(tx, limit=1):
        return False
    lock_dataset(tx)
    corrections = read_corrections(tx)
    keys = linked_keys(_pending(tx, limit=_NAMES_AT_ONCE), corrections)
    # A load may be changing some of them: what is decided here is of what it leaves.
    tx.run(cypher("write/lock_names"), keys=keys).consume()
    rows = list(tx.run(cypher("read/names_by_key"), keys=keys))
    resolved = resolve(map(name_of, rows), corrections)
    before = {str(row["id"]): str(row["entity"]) for row in rows}
    _point(tx, before, resolved)
    moved = _move(tx, sorted(before))
    left = {str(row["left"]) for row in moved if row["left"] is not None}
    refresh_named(tx, {*before.values(), *(item.entity for item in resolved.values()), *left})
    if len(moved) >= _MOVES_AT_ONCE:
        return True
    decided = [{"id": name, "resolution": resolved[name].resolution} for name in sorted(before)]
    tx.run(cypher("write/resolve_names"), rows=decided).consume()
    return True


def _pending(tx: ManagedTransaction, limit: int) -> list[str]:
    return [str(row["key"]) for row in tx.run(cypher("read/pending_names"), limit=limit)]


def _point(
    tx: ManagedTransaction, before: Mapping[str, str], resolved: Mapping[str, Resolved]
) -> None:
    changed: dict[str, list[dict[str, Any]]] = {"Person": [], "Organization": []}
    for name in sorted(before):
        entity = resolved[name].entity
        if entity != before[name]:
            label = "Person" if entity.startswith("person/") else "Organization"
            changed[label].append({"id": name, "entity": entity})
    for label, rows in changed.items():
        if rows:
            tx.run(filled("write/point", label=label), rows=rows).consume()


def _move(tx: ManagedTransaction, names: list[str]) -> list[dict[str, Any]]:
    """Let what is said by ``names`` follow them, as far as the limit; return what moved."""
    rows = [
        dict(row) for row in tx.run(cypher("write/move_mentions"), ids=names, limit=_MOVES_AT_ONCE)
    ]
    if rows:
        tx.run(cypher("write/move_citations"), rows=rows).consume()
        for part, inside, key, kind in _PARTS:
            statement = filled("write/move_parts", part=part, inside=inside, key=key, type=kind)
            tx.run(statement, rows=rows).consume()
        articles = sorted({row["article"] for row in rows})
        for name in _ARTICLES:
            tx.run(cypher(f"write/{name}"), ids=articles).consume()
        tx.run(cypher("write/await_origins_of_articles"), ids=articles).consume()
    return rows
