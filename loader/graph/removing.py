"""Take pages out of the graph, with what only they supported.

What is left is the graph that loading the other pages would have made: names, aliases and claims
of shared nodes are computed again from the mentions and statements that remain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from neo4j import ManagedTransaction, Session

from loader.graph.journal import Journal, absolute
from loader.graph.resolution import alternatives_in
from loader.graph.resolution.resolver import refresh_named, resolve_names
from loader.graph.retrying import execute_write
from ontology.iris import claim_words, named_entity
from queries import cypher

_PAGES_A_TRANSACTION = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What a removal came to; ``unknown`` are names that no page has."""

    pages: int
    articles: int
    unknown: tuple[str, ...]


def remove(session: Session, names: Sequence[str], journal: Journal | None = None) -> Removed:
    """Remove the pages that have one of ``names`` as file name, address, id, or place.

    A place is the path of a file, folder or archive that ``journal`` knows pages of.
    """
    found = [
        (str(row["name"]), str(row["id"]))
        for row in session.run(cypher("read/pages_by_name"), names=list(names))
    ]
    if journal is not None:
        called = {name for name, _ in found}
        for name in names:
            if name not in called:
                found.extend((name, page) for page in journal.pages_at(absolute(name)))
    known = {name for name, _ in found}
    ids = sorted({identifier for _, identifier in found})
    removed = remove_ids(session, ids)
    if journal is not None:
        journal.forget(ids)
    return replace(removed, unknown=tuple(name for name in names if name not in known))


def remove_displaced(journal: Journal, session: Session) -> Iterator[int]:
    """Remove pages that no place of ``journal`` holds any more; yield how many, batch by batch."""
    for ids in journal.displaced():
        removed = remove_ids(session, ids).pages
        journal.forget(ids)
        yield removed


def remove_ids(session: Session, ids: Sequence[str]) -> Removed:
    """Remove the pages with these ids; those that are not there are removed already."""
    articles = 0
    for start in range(0, len(ids), _PAGES_A_TRANSACTION):
        chunk = ids[start : start + _PAGES_A_TRANSACTION]
        articles += execute_write(session, remove_pages, chunk)
    resolve_names(session)
    return Removed(pages=len(ids), articles=articles, unknown=())


def remove_pages(tx: ManagedTransaction, ids: Sequence[str]) -> int:
    """Remove the pages with these ids in ``tx``; return how many articles went with them."""
    gone = [str(row["id"]) for row in tx.run(cypher("write/release_articles"), ids=list(ids))]
    named = clear_articles(tx, gone)
    tx.run(cypher("write/delete_articles"), ids=gone).consume()
    tx.run(cypher("write/delete_pages"), ids=list(ids)).consume()
    refresh(tx, named)
    return len(gone)


def clear_articles(tx: ManagedTransaction, ids: Sequence[str]) -> set[str]:
    """Take away what was found in articles; return the ids of the shared nodes they named."""
    if not ids:
        return set()
    row = tx.run(cypher("write/clear_articles"), ids=list(ids)).single()
    return {str(identifier) for identifier in row["ids"]} if row else set()


def refresh(tx: ManagedTransaction, ids: set[str]) -> None:
    """Compute shared nodes anew from the articles that still name them; the others go.

    Names whose support changed are left pending, for ``resolve_names`` to compare.
    """
    chosen = {
        prefix: sorted(item for item in ids if item.startswith(f"{prefix}/"))
        for prefix in ("name", "country", "claim")
    }
    if chosen["name"]:
        _refresh_names(tx, chosen["name"])
    refresh_named(tx, ids)
    if chosen["country"]:
        tx.run(cypher("write/refresh_countries"), ids=chosen["country"]).consume()
    if chosen["claim"]:
        rows = [
            {"id": row["id"], "text": min(claim_words(text) for text in row["texts"])}
            for row in tx.run(cypher("write/refresh_claims"), ids=chosen["claim"])
        ]
        tx.run(cypher("write/claim_texts"), rows=rows).consume()


def _refresh_names(tx: ManagedTransaction, ids: list[str]) -> None:
    """Spell names as the mentions that are left do, and leave them pending; the others go."""
    gone: list[str] = []
    rows = []
    for row in tx.run(cypher("read/name_support"), ids=ids):
        if not row["spellings"]:
            gone.append(row["id"])
            continue
        forms = sorted({*row["spellings"], *chain.from_iterable(row["lists"])})
        others = alternatives_in(named_entity(row["id"]), forms)
        properties = {
            "spelling": max(row["spellings"]),
            "kind": max(row["kinds"]),
            "forms": forms,
            "alternatives": sorted(others) or None,
            "resolution": "pending",
        }
        rows.append({"id": row["id"], "properties": properties})
    tx.run(cypher("write/name_texts"), rows=rows).consume()
    tx.run(cypher("write/delete_names"), ids=gone).consume()
