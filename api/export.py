"""The graph as RDF, streamed: sorted, the same bytes from run to run, in memory that stays flat."""

from collections.abc import Callable, Iterator
from typing import LiteralString

from neo4j import Driver

from ontology.iris import DEFAULT_BASE
from ontology.model import Model, load_model
from ontology.rdf.nodes import Projection, projections
from ontology.rdf.values import RdfError
from ontology.rdf.writing import FormatName, writer
from queries import cypher
from queries.nodes import node_pages

Progress = Callable[[int, int], None]
"""Told how many nodes are written, and of how many."""


def export(
    driver: Driver,
    form: FormatName = "turtle",
    *,
    base: str = DEFAULT_BASE,
    database: str | None = None,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """The whole graph of ``database`` as RDF, in pieces of some hundred kilobytes.

    Nothing is read before the first piece is asked for, and no more than what is asked for. The
    database is read page by page: who writes to it meanwhile may be seen in part.

    Raises:
        RdfError: the graph holds what the ontology does not name; the message names the node.
    """
    model = load_model()
    total = count_nodes(driver, database)
    target = writer(form, model, base)
    if _count_ours(driver, database, model) != total:
        refuse_strangers(driver, database, model)
    yield target.opening()
    done = 0
    for projection in projections(model):
        for rows in node_pages(driver, database, nodes_statement(projection)):
            yield target.rows(projection.label, rows)
            done += len(rows)
            if progress is not None:
                progress(done, total)
    if done < total:
        refuse_strangers(driver, database, model)
    yield target.ending()


def nodes_statement(projection: Projection) -> LiteralString:
    """The statement that reads the nodes of ``projection``."""
    return cypher("export/nodes").format(label=projection.label, columns=projection.columns)


def count_nodes(driver: Driver, database: str | None) -> int:
    """The number of nodes, whatever their labels."""
    with driver.session(database=database, default_access_mode="READ") as session:
        return int(session.run(cypher("export/all")).single(strict=True)["nodes"])


def strangers(
    driver: Driver, database: str | None, model: Model, *, limit: int
) -> list[tuple[str, list[str]]]:
    """Nodes no export would meet: those of no label of ours or without a proper id, with labels.

    Every node is looked at.
    """
    labels = [item.label for item in model.keyed]
    with driver.session(database=database, default_access_mode="READ") as session:
        result = session.run(cypher("export/strangers"), labels=labels, limit=limit)
        return [(str(record["id"]), list(record["labels"])) for record in result]


def refuse_strangers(driver: Driver, database: str | None, model: Model) -> None:
    """RdfError if there are nodes that no export would meet."""
    for identifier, labels in strangers(driver, database, model, limit=1):
        msg = (
            f"The node {identifier} (labelled {', '.join(labels) or 'not at all'}) has no label of"
            " the ontology or no id: newsgraph validate names all such nodes."
        )
        raise RdfError(msg)


def _count_ours(driver: Driver, database: str | None, model: Model) -> int:
    """The number of nodes with labels of the ontology, from the database's own counts."""
    with driver.session(database=database, default_access_mode="READ") as session:
        return sum(
            session.run(cypher("export/count").format(label=item.label)).single(strict=True)[
                "nodes"
            ]
            for item in model.keyed
        )
