"""Records into Neo4j: batches of pages in, counts out.

A batch is one transaction, tried again when the database asks for it. What belongs to one article
is created once; what articles share is merged. A page is marked as read in the transaction that
writes its articles, so a load that is killed leaves whole pages or nothing of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from neo4j import ManagedTransaction, Session

from loader.graph import rows as rows_of
from loader.graph.removing import clear_articles, refresh
from loader.graph.resolution.resolver import resolve_names
from loader.graph.retrying import execute_write
from loader.graph.rows import LINKS, OWNED, SHARED, Row, Rows, char_range
from loader.graph.similarity import match_claims
from ontology.records import ExtractedPage, PageRecord, Run
from queries import cypher

BATCH_ROWS = 10_000
"""Rows a transaction aims at: 10–20 thousand write fastest on a small server."""

_ROWS_A_CALL = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a batch came to: ids of its pages, and how many of their articles were new."""

    pages: tuple[str, ...]
    articles: int
    new_articles: int


def write_run(session: Session, run: Run) -> None:
    """Merge ``run``; the graph keeps the time it first began."""
    session.run(
        cypher("write/run"),
        id=run.id,
        startedAt=run.started,
        properties={
            "software": run.software,
            "version": run.version,
            "model": run.model,
            "ontologyVersion": run.ontology_version,
        },
    ).consume()


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


def write_shared(session: Session, rows: Rows) -> None:
    """Merge nodes that articles share, from ``rows.shared_rows``, in one transaction."""
    execute_write(session, _write_shared, rows)


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
    for batch in batches(pages, batch_rows):
        new = execute_write(session, _write_batch, batch, run, shared)
        yield Written(
            pages=tuple(item.page.id for item in batch),
            articles=sum(len(page.articles) for page in batch),
            new_articles=new,
        )
    if shared:
        resolve_names(session)
        match_claims(session)


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


def _write_shared(tx: ManagedTransaction, rows: Rows) -> None:
    for name in SHARED:
        _run(tx, name, rows.get(name, []))


def _write_batch(tx: ManagedTransaction, batch: list[ExtractedPage], run: Run, shared: bool) -> int:
    _run(tx, "pages", _page_rows(batch), run=run.id)
    found = {
        str(row["id"]): row["runs"]
        for chunk in _chunks(_article_rows(batch))
        for row in tx.run(cypher("write/articles"), rows=chunk)
    }
    records = {article.id: article for page in batch for article in page.articles}
    fresh = [records[key] for key in sorted(records) if run.id not in found[key]]
    named = clear_articles(tx, [article.id for article in fresh if found[article.id]])
    if shared:
        _write_shared(tx, rows_of.shared_rows(fresh))
    owned = _merged(rows_of.owned_rows(article) for article in fresh)
    links = _merged(rows_of.link_rows(article) for article in fresh)
    for name in OWNED:
        _run(tx, name, owned.get(name, []), run=run.id)
    for name in LINKS:
        _run(tx, name, links.get(name, []))
    refresh(tx, named)
    return len(fresh)


def _run(tx: ManagedTransaction, name: str, rows: list[Row], **parameters: Any) -> None:
    for chunk in _chunks(rows):
        tx.run(cypher(f"write/{name}"), rows=chunk, **parameters).consume()


def _chunks(rows: list[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, _ROWS_A_CALL)):
        yield chunk


def _merged(parts: Iterable[Rows]) -> Rows:
    merged: Rows = {}
    for part in parts:
        for name, rows in part.items():
            merged.setdefault(name, []).extend(rows)
    return merged


def _page_rows(batch: list[ExtractedPage]) -> list[Row]:
    rows = [
        {
            "id": item.page.id,
            "name": item.page.name,
            "mediaType": item.page.media_type,
            "url": item.page.url,
        }
        for item in batch
    ]
    return sorted(rows, key=lambda row: str(row["id"]))


def _article_rows(batch: list[ExtractedPage]) -> list[Row]:
    rows = [
        {
            "id": article.id,
            "page": article.page.id,
            "location": f"{article.page.id}#{char_range(article.span)}",
        }
        for item in batch
        for article in item.articles
    ]
    return sorted(rows, key=lambda row: (str(row["id"]), str(row["location"])))
