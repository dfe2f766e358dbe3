"""Make what is searched for anew, where a graph lacks it or has it of another model.

Loading writes it with everything else (:mod:`loader.graph.delta`). An import from RDF does not,
because exports leave it out; nor does a graph that was written before there was any.
"""

from collections.abc import Callable
from typing import Any, LiteralString

from neo4j import ManagedTransaction, Session

from loader.graph.statements import filled
from ontology.derived import article_search, statement_search
from ontology.meaning import available
from queries import cypher

_AT_ONCE = 1_000

Properties = dict[str, Any]


def complete(session: Session, *, everything: bool = False) -> None:
    """Write what statements and articles are searched by.

    Args:
        session: A session for writing.
        everything: Whether to make anew what is there, too.
    """
    found = _complete(
        session,
        "Statement",
        cypher("read/unsearched_statements"),
        _statement,
        everything=everything,
    )
    if found or everything:
        _complete(session, "Article", cypher("read/unsearched_articles"), _article)


def _complete(
    session: Session,
    label: str,
    read: LiteralString,
    made: Callable[[dict[str, Any]], Properties],
    **asked: bool,
) -> bool:
    """Whether there were nodes to write."""
    last = session.execute_write(_write_some, label, read, made, {"after": "", **asked})
    found = last is not None
    while last is not None:
        last = session.execute_write(_write_some, label, read, made, {"after": last, **asked})
    return found


def _write_some(
    tx: ManagedTransaction,
    label: str,
    read: LiteralString,
    made: Callable[[dict[str, Any]], Properties],
    asked: dict[str, Any],
) -> str | None:
    """Write the next nodes; return the id of the last, None where there are no more."""
    found = tx.run(read, limit=_AT_ONCE, vectors=available(), **asked).data()
    rows = [{"id": row["id"], "properties": made(row)} for row in found]
    tx.run(filled("write/derived", label=label), rows=rows).consume()
    return str(found[-1]["id"]) if found else None


def _statement(row: dict[str, Any]) -> Properties:
    return statement_search(row["text"] or "", row["speaker"], row["title"])


def _article(row: dict[str, Any]) -> Properties:
    return article_search(row["title"], row["text"] or "")
