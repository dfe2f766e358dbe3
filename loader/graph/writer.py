"""Records into Neo4j: batches of pages in, counts out.

A batch is one transaction, tried again when the database asks for it. What belongs to one article
is created once; what articles share is merged. A page is marked as read in the transaction that
writes its articles, so a load that is killed leaves whole pages or nothing of them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from neo4j import ManagedTransaction, Session

from loader.graph.building import NAMED, Delta, Nodes, owned
from loader.graph.delta import article_delta, page_delta, run_delta
from loader.graph.origins.settling import await_origins, find_origins
from loader.graph.refreshing import refresh, refresh_named
from loader.graph.removing import clear_articles
from loader.graph.resolver import resolve_names
from loader.graph.retrying import execute_write
from loader.graph.shared import Row, entity_row
from loader.graph.similarity import match_claims
from loader.graph.statements import (
    Elements,
    denoted,
    filled,
    find_elements,
    write_edges,
    write_nodes,
)
from ontology import iris
from ontology.model import Model, load_model
from ontology.records import ExtractedPage, PageRecord, Run
from queries import cypher

BATCH_ROWS = 10_000
"""Rows a transaction aims at: 10–20 thousand write fastest on a small server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a batch came to: ids of its pages, and how many of their articles were new."""

    pages: tuple[str, ...]
    articles: int
    new_articles: int


def write_run(session: Session, run: Run) -> None:
    """Merge ``run``; the graph keeps the time it first began."""
    execute_write(session, _write, run_delta(run, load_model()))


def loaded_pages(session: Session, run: Run, pages: Sequence[PageRecord]) -> list[bool]:
    """For each of ``pages``, whether ``run`` has written it before, under this name or one before.

    The graph keeps the first name of a page by the alphabet, so an earlier one is news.
    """
    rows = [
        {"key": key, "id": page.id, "name": page.name, "url": page.url}
        for key, page in enumerate(pages)
    ]
    result = session.run(cypher("read/loaded_pages"), rows=rows, run=run.id)
    known = {int(row["key"]) for row in result}
    return [key in known for key in range(len(pages))]


def write_shared(session: Session, nodes: Nodes) -> None:
    """Merge nodes that articles share, from ``shared_nodes``, in one transaction."""
    execute_write(session, _write_shared, nodes)


def write_pages(
    session: Session,
    pages: Iterable[ExtractedPage],
    run: Run,
    *,
    batch_rows: int = BATCH_ROWS,
    shared: bool = True,
) -> Iterator[Written]:
    """Merge ``pages`` with their articles, a transaction a batch of about ``batch_rows`` rows.

    Yields the counts of each batch once it is committed. The run must have been written before;
    so must what the articles share, if it is not to be written here: then names are to be resolved
    by the caller, once nobody writes any more.
    """
    model = load_model()
    for batch in batches(pages, batch_rows):
        new = execute_write(session, _write_batch, batch, run, model, shared)
        yield Written(
            pages=tuple(item.page.id for item in batch),
            articles=sum(len(page.articles) for page in batch),
            new_articles=new,
        )
    if shared:
        resolve_names(session)
        match_claims(session)
        find_origins(session)


def batches(pages: Iterable[ExtractedPage], batch_rows: int) -> Iterator[list[ExtractedPage]]:
    """Group ``pages`` until their rows reach ``batch_rows``; a page is never divided."""
    batch: list[ExtractedPage] = []
    rows = 0
    for page in pages:
        batch.append(page)
        rows += 1 + sum(
            1 + len(a.statements) * 4 + len(a.entities) * 3 + len(a.citations) * 2
            for a in page.articles
        )
        if rows >= batch_rows:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def shared_nodes(delta: Delta, model: Model) -> Nodes:
    """What ``delta``, of articles, says of nodes that other articles may name too."""
    own = {"Article", *owned(model)}
    return {label: nodes for label, nodes in delta.nodes.items() if label not in own}


def _write_shared(tx: ManagedTransaction, nodes: Nodes) -> Elements:
    """Merge what articles share, and call people and organizations as their names now say."""
    elements: Elements = {}
    changed: set[str] = set()
    for label in sorted(nodes):
        changed.update(write_nodes(tx, label, nodes[label], elements, compare=label == "Name"))
    for label in sorted(NAMED):
        rows = [
            _denoting(name, elements[name], nodes["Name"][name])
            for name in sorted(changed)
            if iris.named_entity(name).startswith(f"{label.lower()}/")
        ]
        if rows:
            statement = filled("write/denote", label=label)
            for entity in tx.run(statement, rows=rows).single(strict=True)["made"]:
                changed.remove(iris.name_id(entity))
    refresh_named(tx, {entity for _, entity, _ in denoted(tx, sorted(changed))})
    return elements


def _denoting(name: str, element: str, row: Row) -> dict[str, Any]:
    """The row of a name (its id) that is to denote an entity of its own if it denotes none."""
    entity = iris.named_entity(name)
    properties, outlet = entity_row(entity, [row])
    return {"name": element, "entity": entity, "properties": properties, "outlet": outlet}


def _write_batch(
    tx: ManagedTransaction, batch: list[ExtractedPage], run: Run, model: Model, shared: bool
) -> int:
    _write(tx, page_delta(batch, model, run.id))
    records = {article.id: article for page in batch for article in page.articles}
    found = {
        str(row["id"]): row["runs"]
        for row in tx.run(cypher("read/article_runs"), ids=sorted(records))
    }
    fresh = [records[key] for key in sorted(records) if run.id not in found[key]]
    named = clear_articles(tx, [article.id for article in fresh if found[article.id]], model)
    delta = article_delta(fresh, model, run.id)
    others = shared_nodes(delta, model)
    elements = _write_shared(tx, others) if shared else {}
    for label in others:
        del delta.nodes[label]
    _write(tx, delta, elements, created={"Article", *owned(model)})
    if named:
        refresh(tx, named, model)
    if shared:
        await_origins(tx, others.get("Claim", ()))
    return len(fresh)


def _write(
    tx: ManagedTransaction,
    delta: Delta,
    elements: Elements | None = None,
    created: Collection[str] = (),
) -> None:
    """Write a delta.

    Args:
        tx: The transaction.
        delta: The delta.
        elements: What is known of other nodes that its edges lead to.
        created: The labels of nodes from which no edges can lead yet.
    """
    elements = {} if elements is None else elements
    for label, nodes in delta.nodes.items():
        merge = label not in created or label == "Article"
        write_nodes(tx, label, nodes, elements, write="MERGE" if merge else "CREATE")
    find_elements(tx, delta.edges, elements)
    new = {kind: pairs for kind, pairs in delta.edges.items() if kind.source in created}
    write_edges(tx, new, elements, write="CREATE")
    others = {kind: pairs for kind, pairs in delta.edges.items() if kind not in new}
    write_edges(tx, others, elements)
