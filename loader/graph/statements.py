"""The two statements that write any delta: nodes and edges, filled with names of the ontology.

Rows go in the order of their ids: two loads that meet on the same nodes lock them in one order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Literal, LiteralString

from neo4j import ManagedTransaction

from loader.graph.building import NAMED, Edges, Pairs
from loader.graph.shared import Row, in_cypher
from ontology import iris
from queries import cypher

Write = Literal["MERGE", "CREATE"]
Elements = dict[str, str]
"""What the database calls nodes inside a transaction, by their ids: it finds them without an index.

A person or organization stands here for whom the name denotes whose own entity it is.
"""

_ROWS_A_CALL = 5_000


def nodes_statement(
    label: str,
    *,
    labels: str = "",
    write: Write = "MERGE",
    replace: bool = False,
    compare: bool = False,
) -> LiteralString:
    """The statement that writes nodes; the arguments are those of :func:`write_nodes`."""
    return filled(
        "write/nodes",
        label=label,
        labels=labels or label,
        write=write,
        before="properties(node)" if compare else "null",
        merged="" if replace or write == "CREATE" else in_cypher(label),
    )


def write_nodes(
    tx: ManagedTransaction,
    label: str,
    nodes: Mapping[str, Row],
    elements: Elements,
    *,
    labels: str = "",
    write: Write = "MERGE",
    replace: bool = False,
    compare: bool = False,
) -> list[str]:
    """Write nodes, given by their ids; return the ids of those that it changes, if asked to.

    Args:
        tx: The transaction.
        label: The label under which their ids are unique.
        nodes: Their properties by their ids, and the id among these.
        elements: What the database calls them is added here.
        labels: All their labels, joined by colons, if they have others.
        write: ``CREATE`` for what no other article can have written.
        replace: Whether these properties are to stand whatever was said before; None ends one.
        compare: Whether to tell which nodes are changed by it.
    """
    statement = nodes_statement(label, labels=labels, write=write, replace=replace, compare=compare)
    changed: list[str] = []
    for chunk in _chunks(nodes[key] for key in sorted(nodes)):
        written = tx.run(statement, rows=chunk).single(strict=True)
        elements.update(zip(written["ids"], written["elements"], strict=True))
        changed += written["changed"]
    return changed


def write_edges(
    tx: ManagedTransaction,
    edges: Mapping[Edges, Pairs],
    elements: Elements,
    *,
    write: Write = "MERGE",
) -> None:
    """Write edges between nodes in ``elements``; others are passed over.

    Those to a person or organization lead to whom the name denotes whose own entity the target is.
    """
    for kind, pairs in edges.items():
        statement = filled("write/edges", type=kind.type, write=write)
        rows = {
            (elements[source], elements[target])  # for several names may denote one entity
            for source, target in pairs
            if source in elements and target in elements
        }
        for chunk in _chunks(sorted(rows)):
            tx.run(statement, rows=chunk).consume()


def find_elements(tx: ManagedTransaction, edges: Mapping[Edges, Pairs], known: Elements) -> None:
    """Add to ``known`` the ends of ``edges`` that it does not have and the graph has."""
    missing: dict[str, set[str]] = defaultdict(set)
    for kind, pairs in edges.items():
        missing[kind.source].update(source for source, _ in pairs if source not in known)
        missing[kind.target].update(target for _, target in pairs if target not in known)
    names = sorted(iris.name_id(entity) for label in NAMED for entity in missing.pop(label, ()))
    for name, _, element in denoted(tx, names):
        known[iris.named_entity(name)] = element
    for label, ids in missing.items():
        if ids:
            statement = filled("read/elements", label=label)
            found = tx.run(statement, ids=sorted(ids)).single(strict=True)
            known.update(zip(found["ids"], found["elements"], strict=True))


def denoted(tx: ManagedTransaction, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """Names (ids) with the id and the element id of whom each denotes."""
    if not names:
        return []
    found: list[Any] = tx.run(cypher("read/denoted"), ids=list(names)).single(strict=True)[
        "denoted"
    ]
    return found


def delete(tx: ManagedTransaction, label: str, ids: Sequence[str]) -> None:
    """Delete nodes (ids) with their edges."""
    if ids:
        tx.run(filled("write/delete", label=label), ids=list(ids)).consume()


def filled(statement: str, /, **names: str) -> LiteralString:
    """A statement with ``names`` in its places: of the ontology only, as constant as its file."""
    return cypher(statement).format(**names)


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, _ROWS_A_CALL)):
        yield chunk
