"""How fast records get into Neo4j: newsgraph, the bare driver, rdflib-neo4j, neomodel, importer.

Run it on an empty database named by NEO4J_URI: python -m tests.benchmarks.loading.bench 640
neomodel pins another driver, so it runs in an environment of its own, named by PEERS_PYTHON.
Every figure is nodes plus relationships a second for the same records; peers get fewer of them.
With --bulk after the number, only newsgraph's online and offline ways run: for larger numbers.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from neo4j import Session

from loader.bulk import bulk_import, open_stage, write_tables
from loader.extract.extraction import extract
from loader.extract.pipeline import load_pipeline
from loader.extract.workers import default_workers
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from ontology.model import load_model
from ontology.records import ExtractedPage, Run
from queries.database import managed, open_database
from queries.settings import Settings
from tests.benchmarks.loading.copies import copies, seed_pages

RUN = Run(
    software="newsgraph",
    version="bench",
    model="none",
    ontology_version="1.0.0",
    started=datetime(2026, 1, 31, tzinfo=UTC),
)
BATCH = 10_000
_WARMING = 320
"""Pages that are written before the clock runs: a server that has just begun compiles first."""


def main(count: int, *, peers: bool) -> None:
    """Print a row for each way, for ``count`` pages made from the seeds."""
    pages = list(islice(copies(list(extract(load_pipeline(), seed_pages()))), count))
    with open_database(Settings()) as database, database.session() as session:
        _empty(session)
        _ours(session, pages[:_WARMING])
        _empty(session)
        started = time.perf_counter()
        _ours(session, pages)
        elapsed = time.perf_counter() - started
        size = session.run("MATCH (n) RETURN count(n) + sum(COUNT { (n)-->() }) AS size").single(
            strict=True
        )["size"]
        ours = size / elapsed
        print(f"newsgraph        {ours:10,.0f}/s   {size:,} nodes and relationships", flush=True)
        if peers:
            _peers(session, database.uri, ours)
        _empty(session)
    _importer(pages, size, ours)


def _peers(session: Session, uri: str, ours: float) -> None:
    nodes, edges = _graph(session)
    _empty(session)
    started = time.perf_counter()
    _bare(session, nodes, edges)
    bare = (len(nodes) + len(edges)) / (time.perf_counter() - started)
    print(f"bare driver      {bare:10,.0f}/s   newsgraph is {ours / bare:6.2f} times as fast")
    part = _part(nodes, edges, 1_500)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(part, file, default=str)
        file.flush()
        for peer in ("rdflib_neo4j", "neomodel"):
            _empty(session)
            rate = _peer(peer, Path(file.name), uri)
            print(f"{peer:16} {rate:10,.0f}/s   newsgraph is {ours / rate:6.1f} times as fast")


def _graph(session: Session) -> tuple[list[Any], list[Any]]:
    """The nodes and relationships of the graph, as rows: what the peers write."""
    nodes = session.run(
        "MATCH (n) RETURN labels(n) AS labels, n.id AS id, properties(n) AS properties"
    ).data()
    edges = session.run(
        "MATCH (a)-[r]->(b) RETURN labels(a)[0] AS a, a.id AS source, type(r) AS type,"
        " labels(b)[0] AS b, b.id AS target"
    ).data()
    return nodes, edges


def _ours(session: Session, pages: list[ExtractedPage]) -> None:
    prepare(session, load_model())
    write_run(session, RUN)
    for _ in write_pages(session, pages, RUN):
        pass


def _bare(session: Session, nodes: list[Any], edges: list[Any]) -> None:
    def merge(rows: list[Any], statement: str) -> None:
        for start in range(0, len(rows), BATCH):
            session.execute_write(
                lambda tx, batch: tx.run(statement, rows=batch).consume(),
                rows[start : start + BATCH],
            )

    for labels, found in _grouped(nodes, lambda row: ":".join(row["labels"])):
        first, *more = labels.split(":")
        extra = "".join(f" SET n:{label}" for label in more)
        merge(found, f"UNWIND $rows AS row MERGE (n:{first} {{id: row.id}})"
              f" SET n += row.properties{extra}")  # fmt: skip
    for kind, found in _grouped(edges, lambda row: f"{row['a']} {row['type']} {row['b']}"):
        a, name, b = kind.split()
        merge(found, f"UNWIND $rows AS row MATCH (a:{a} {{id: row.source}})"
              f" MATCH (b:{b} {{id: row.target}}) MERGE (a)-[:{name}]->(b)")  # fmt: skip


def _grouped(rows: list[Any], key: Callable[[Any], str]) -> Iterator[tuple[str, list[Any]]]:
    for name, found in groupby(sorted(rows, key=key), key):
        yield name, list(found)


def _part(nodes: list[Any], edges: list[Any], size: int) -> dict[str, list[Any]]:
    chosen = nodes[:size]
    ids = {row["id"] for row in chosen}
    return {
        "nodes": chosen,
        "edges": [row for row in edges if row["source"] in ids and row["target"] in ids][:size],
    }


def _peer(name: str, file: Path, uri: str) -> float:
    """Run a peer in its own environment; it prints how many entities a second it wrote."""
    python = os.environ.get("PEERS_PYTHON", sys.executable)
    script = Path(__file__).with_name(f"peer_{name}.py")
    done = subprocess.run(
        [python, script, file, uri, os.environ["NEO4J_PASSWORD"]],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout.split()[-1])


def _importer(pages: list[ExtractedPage], size: int, ours: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        own = Settings(home=Path(name) / "home").model_copy(update={"neo4j_uri": None})
        server = managed(own)
        server.start()
        server.stop()
        started = time.perf_counter()
        with open_stage(Path(name)) as stage:
            for _ in stage.add(pages, workers=default_workers()):
                pass
            tables = write_tables(stage, RUN)
        staged = time.perf_counter()
        bulk_import(server, tables, Path(name) / "report")
        ended = time.perf_counter()
    rate = size / (ended - started)
    print(
        f"offline importer {rate:10,.0f}/s   {rate / ours:.1f} times online;"
        f" staging {staged - started:.1f} s, import {ended - staged:.1f} s"
    )


def _empty(session: Session) -> None:
    for found in ("()-[x]->()", "(x)"):
        session.run(f"MATCH {found} CALL (x) {{ DELETE x }} IN TRANSACTIONS").consume()


if __name__ == "__main__":
    main(int(sys.argv[1]), peers="--bulk" not in sys.argv[2:])
