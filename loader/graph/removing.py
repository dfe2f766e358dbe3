"""Take pages out of the graph, with what only they supported.

What is left is the graph that loading the other pages would have made: names, aliases and claims
of shared nodes are computed again from the mentions and statements that remain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from neo4j import ManagedTransaction, Session

from loader.graph.building import owned
from loader.graph.journal import Journal, absolute
from loader.graph.origins.settling import find_origins
from loader.graph.refreshing import refresh
from loader.graph.resolver import resolve_names
from loader.graph.retrying import execute_write
from loader.graph.statements import delete, filled
from ontology.model import Model, load_model
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
    find_origins(session)
    return Removed(pages=len(ids), articles=articles, unknown=())


def remove_pages(tx: ManagedTransaction, ids: Sequence[str]) -> int:
    """Remove the pages with these ids in ``tx``; return how many articles went with them."""
    gone = [str(row["id"]) for row in tx.run(cypher("write/release_articles"), ids=list(ids))]
    model = load_model()
    named = clear_articles(tx, gone, model)
    delete(tx, "Article", gone)
    delete(tx, "Page", ids)
    refresh(tx, named, model)
    return len(gone)


def clear_articles(tx: ManagedTransaction, ids: Sequence[str], model: Model) -> set[str]:
    """Take away what was found in articles; return the ids of the shared nodes they named."""
    if not ids:
        return set()
    inside = "|".join(sorted({edge.type for edge in owned(model).values()}))
    row = tx.run(filled("write/clear_articles", inside=inside), ids=list(ids)).single()
    return {str(identifier) for identifier in row["ids"]} if row else set()
