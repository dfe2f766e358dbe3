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
    total = _count(driver, database, model)
    target = writer(form, model, base)
    yield target.opening()
    done = 0
    for projection in projections(model):
        for rows in node_pages(driver, database, _statement(projection)):
            yield target.rows(projection.label, rows)
            done += len(rows)
            if progress is not None:
                progress(done, total)
    yield target.ending()


def _statement(projection: Projection) -> LiteralString:
    return cypher("export/nodes").format(label=projection.label, columns=projection.columns)


def _count(driver: Driver, database: str | None, model: Model) -> int:
    """The number of nodes; RdfError if some bear no label of the ontology."""
    with driver.session(database=database, default_access_mode="READ") as session:
        total = session.run(cypher("export/all")).single(strict=True)["nodes"]
        known = sum(
            session.run(cypher("export/count").format(label=item.label)).single(strict=True)[
                "nodes"
            ]
            for item in model.keyed
        )
    if known != total:
        msg = (
            f"The database holds {total - known} nodes whose labels are none of the ontology's:"
            " newsgraph validate names them."
        )
        raise RdfError(msg)
    return int(total)
