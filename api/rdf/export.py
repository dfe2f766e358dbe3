"""The graph as RDF, streamed: sorted, the same bytes from run to run, in memory that stays flat."""

from collections.abc import Callable, Generator, Iterable, Iterator

from neo4j import Driver

from api.rdf.parts import Part, part_ids
from ontology.iris import DEFAULT_BASE
from ontology.model import Model, load_model
from ontology.rdf.nodes import Row, projections
from ontology.rdf.trig import TrigWriter, order
from ontology.rdf.values import RdfError
from ontology.rdf.writing import FormatName, writer
from queries import cypher
from queries.counts import counted
from queries.nodes import ahead, count_nodes, node_pages, nodes_by_id, nodes_statement

Progress = Callable[[int, int], None]
"""Told how many nodes are written, and of how many."""

_ARTICLES = 100
"""How many articles are held at once with all that belongs to them."""


def export(
    driver: Driver,
    form: FormatName = "turtle",
    *,
    base: str = DEFAULT_BASE,
    database: str | None = None,
    part: Part | None = None,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """The graph of ``database``, or a part of it, as RDF, in pieces of some hundred kilobytes.

    Nothing is read before the first piece is asked for, and hardly more than what is asked for.
    The database is read page by page: who writes to it meanwhile may be seen in part.

    Raises:
        RdfError: the graph holds what the ontology does not name, or the part names what is not
            there; the message names the node.
        LookupError: the part's query is unknown.
    """
    return Export(driver, base=base, database=database, progress=progress).pieces(form, part)


class Export:
    """Reads a database for one export, and counts what it has read."""

    def __init__(
        self, driver: Driver, *, base: str, database: str | None, progress: Progress | None
    ) -> None:
        self._driver = driver
        self._database = database
        self._base = base
        self._progress = progress
        self._model = load_model()
        self._projections = {item.label: item for item in projections(self._model)}
        self._ids: dict[str, list[str]] | None = None
        self._total = 0
        self._done = 0

    def pieces(self, form: FormatName, part: Part | None) -> Iterator[bytes]:
        """The pieces of the whole file."""
        self._begin(part)
        if form == "trig":
            yield from self._trig()
        else:
            target = writer(form, self._model, self._base)
            yield target.opening()
            for label, rows in ahead(self._pages(self._projections)):
                yield target.rows(label, rows)
                self._count(rows)
            if self._done != self._total:
                refuse_unknown_nodes(self._driver, self._database, self._model)
            yield target.ending()

    def _begin(self, part: Part | None) -> None:
        if part is not None:
            self._ids = part_ids(self._driver, part, database=self._database)
            self._total = sum(len(ids) for ids in self._ids.values())
            return
        self._total = count_nodes(self._driver, self._database)
        if _count_ours(self._driver, self._database, self._model) != self._total:
            refuse_unknown_nodes(self._driver, self._database, self._model)

    def _count(self, rows: list[Row]) -> None:
        self._done += len(rows)
        if self._progress is not None:
            self._progress(self._done, self._total)

    def _pages(self, labels: Iterable[str]) -> Generator[tuple[str, list[Row]]]:
        """The rows of the export with these labels, page by page."""
        for label in labels:
            item = self._projections[label]
            statement = nodes_statement(item.label, item.columns)
            pages = (
                node_pages(self._driver, self._database, statement)
                if self._ids is None
                else nodes_by_id(self._driver, self._database, statement, self._ids[label])
            )
            for rows in pages:
                yield label, rows

    def _trig(self) -> Iterator[bytes]:
        """First what articles share, then the pages and runs, then each article with its own."""
        target = TrigWriter(self._model, self._base)
        parts = order(self._model)
        yield target.opening()
        for labels, write in ((parts.shared, target.shared), (parts.provenance, target.provenance)):
            for label, rows in ahead(self._pages(labels)):
                yield write(label, rows)
                self._count(rows)
        for rows, belongings in ahead(self._articles(parts.article, parts.belonging)):
            yield target.articles(rows, belongings)
            self._count(rows)
            for owned in belongings.values():
                self._count([row for _, row in owned])
        if self._done != self._total:
            refuse_unknown_nodes(self._driver, self._database, self._model)
            strays = counted(
                abs(self._total - self._done),
                "statement, citation or mention belongs",
                "statements, citations or mentions belong",
            )
            msg = f"{strays} to no article, or to two; `newsgraph validate` lists them."
            raise RdfError(msg)
        yield target.ending()

    def _articles(
        self, article: str, belonging: tuple[str, ...]
    ) -> Generator[tuple[list[Row], dict[str, list[tuple[str, Row]]]]]:
        """The rows of articles, and by article those of what belongs to it, with labels."""
        few = (
            rows[start : start + _ARTICLES]
            for _, rows in self._pages([article])
            for start in range(0, len(rows), _ARTICLES)
        )
        for rows in few:
            owners = self._owners([row[0] for row in rows])
            owned: dict[str, list[tuple[str, Row]]] = {row[0]: [] for row in rows}
            for label in belonging:
                item = self._projections[label]
                ids = sorted(name for name in owners if name.startswith(item.required_ids))
                statement = nodes_statement(item.label, item.columns)
                for found in nodes_by_id(self._driver, self._database, statement, ids):
                    for row in found:
                        owned[owners[row[0]]].append((label, row))
            yield rows, owned

    def _owners(self, articles: list[str]) -> dict[str, str]:
        with self._driver.session(database=self._database, default_access_mode="READ") as session:
            result = session.run(cypher("export/belongings"), ids=articles)
            return {str(row["id"]): str(row["article"]) for row in result}


def unknown_nodes(
    driver: Driver, database: str | None, model: Model, *, limit: int
) -> list[tuple[str, list[str]]]:
    """Nodes no export would meet: those of no label of ours or without a proper id, with labels.

    Every node is looked at.
    """
    labels = [item.label for item in model.keyed]
    with driver.session(database=database, default_access_mode="READ") as session:
        result = session.run(cypher("export/unknown_nodes"), labels=labels, limit=limit)
        return [(str(record["id"]), list(record["labels"])) for record in result]


def refuse_unknown_nodes(driver: Driver, database: str | None, model: Model) -> None:
    """RdfError if there are nodes that no export would meet."""
    for identifier, labels in unknown_nodes(driver, database, model, limit=1):
        msg = (
            f"The node {identifier} (labels: {', '.join(labels) or 'none'}) has no label from the "
            "ontology or no id; `newsgraph validate` lists all such nodes."
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
