"""Is the graph in the database well formed? Every node read, each finding with node and rule."""

from collections.abc import Iterator

from neo4j import Driver

from api.rdf.export import Progress, unknown_nodes
from ontology.iris import DEFAULT_BASE
from ontology.model import load_model
from ontology.rdf.nodes import Projection, Row, projections
from ontology.rdf.values import RdfError
from ontology.rdf.writing import Writer, writer
from ontology.validation import Finding
from ontology.validation import validate as validate_triples
from queries import cypher
from queries.nodes import count_nodes, node_pages, nodes_statement

UNREADABLE = "can be expressed in RDF"
"""The rule of findings about what the graph holds and the ontology has no name for."""

_MOST_UNKNOWN = 100


def validate(
    driver: Driver,
    *,
    base: str = DEFAULT_BASE,
    database: str | None = None,
    progress: Progress | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the graph of ``database``: first what no RDF says, then what shapes find.

    The graph is read twice, which ``progress`` sees as twice as many nodes. At most a hundred
    nodes without a label of ours are named.
    """
    unknown_keys: dict[str, Finding] = {}
    total = 2 * count_nodes(driver, database)
    done = 0

    def read() -> Iterator[bytes]:
        nonlocal done
        target = writer("ntriples", load_model(), base)
        for projection in projections(load_model()):
            for rows in node_pages(
                driver, database, nodes_statement(projection.label, projection.columns)
            ):
                try:
                    yield target.rows(projection.label, rows)
                except RdfError:
                    yield from _one_by_one(driver, database, target, projection, rows, unknown_keys)
                done += len(rows)
                if progress is not None:
                    progress(done, total)

    found = tuple(validate_triples(read, base=base))
    return (*_unknown_nodes(driver, database), *unknown_keys.values(), *found)


def _one_by_one(
    driver: Driver,
    database: str | None,
    target: Writer,
    projection: Projection,
    rows: list[Row],
    unknown_keys: dict[str, Finding],
) -> Iterator[bytes]:
    bad: dict[str, str] = {}
    for row in rows:
        try:
            yield target.rows(projection.label, [row])
        except RdfError as error:
            bad[str(row[0])] = str(error)
    keys = ["id", *(entry.key for entry in projection.properties)]
    with driver.session(database=database, default_access_mode="READ") as session:
        result = session.run(
            cypher("export/unknown_keys").format(label=projection.label), ids=list(bad), keys=keys
        )
        names = {record["id"]: record["keys"] for record in result}
    for identifier, message in bad.items():
        unknown = names.get(identifier) or None
        unknown_keys[identifier] = Finding(
            node=identifier,
            rule=UNREADABLE,
            message=message,
            value=", ".join(sorted(unknown)) if unknown else None,
        )


def _unknown_nodes(driver: Driver, database: str | None) -> Iterator[Finding]:
    for identifier, labels in unknown_nodes(driver, database, load_model(), limit=_MOST_UNKNOWN):
        yield Finding(
            node=identifier,
            rule=UNREADABLE,
            message="A node needs a label from the ontology and an id; add both, or delete the "
            "node.",
            value=", ".join(labels) or None,
        )
