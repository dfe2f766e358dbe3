"""Measure the export against rdflib and against the bare driver, in one run.

    NEO4J_URI=bolt://127.0.0.1:7687 python -m tests.benchmarks.rdf.measure_export --load 5400

Each candidate runs in a process of its own, which tells its triples, seconds, seconds to the first
byte, seconds of processor time, and peak memory. ``--load`` first fills an empty database.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
from neo4j import Driver
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD

from api.rdf.export import export
from ontology.iris import DEFAULT_BASE, iri
from ontology.model import load_model
from ontology.rdf.nodes import FIXED, projections
from queries import cypher
from queries.database import Database, open_database
from queries.nodes import LAST, nodes_statement
from queries.settings import Settings
from tests.benchmarks.rdf.synthetic_graph import batches, synthetic_graph

MODEL = load_model()


def plain_rows(driver: Driver, database: str) -> Iterator[list[object]]:
    """Everything, as a careful program reads it: columns, a record a node, sorted by id."""
    for item in projections(MODEL):
        columns = ", ".join(f"n.{entry.key}" for entry in item.properties)
        with driver.session(database=database, fetch_size=10_000) as session:
            yield from (
                record.values()
                for record in session.run(
                    f"MATCH (n:{item.label}) WHERE n.id > '' RETURN n.id, labels(n), "
                    f"[(n)-[r]->(m) | [type(r), m.id]], {columns} ORDER BY n.id"
                )
            )


def bare_driver(database: Database) -> Iterator[int]:
    """The floor: every value read, nothing written."""
    for _, labels, edges, *values in plain_rows(database.driver, database.name):
        yield len(labels) + len(edges) + _size(values)  # type: ignore[arg-type]


def bare_pages(database: Database) -> Iterator[int]:
    """The leanest floor: the pages that the export reads, nothing written."""
    for item in projections(MODEL):
        statement = nodes_statement(item.label, item.columns)
        start = ""
        with database.session() as session:
            while True:
                record = session.run(statement, ranges=[(start, LAST)], limit=1_500).single()
                rows = record["rows"] if record else []
                yield sum(len(row[1]) + len(row[3]) + _size(row[FIXED:]) for row in rows)
                if len(rows) < 1_500:
                    break
                start = rows[-1][0] + "\0"


def rdflib_turtle(database: Database) -> Iterator[int]:
    """What one writes first: a graph of rdflib, fed by the driver, and its serializer."""
    graph = Graph()
    graph.bind("ng", MODEL.namespace)
    names = {edge.type: URIRef(edge.iri) for edge in MODEL.relationships()}
    for item in projections(MODEL):
        keys = [URIRef(entry.iri) for entry in item.properties]
        with database.session() as session:
            for record in session.run(
                f"MATCH (n:{item.label}) RETURN n.id, labels(n), "
                f"[(n)-[r]->(m) | [type(r), m.id]], "
                f"{', '.join(f'n.{entry.key}' for entry in item.properties)}"
            ):
                identifier, labels, edges, *values = record.values()
                subject = URIRef(iri(identifier))
                for label in labels:
                    graph.add((subject, RDF.type, URIRef(MODEL.namespace + label)))
                for kind, target in edges:
                    graph.add((subject, names[kind], URIRef(iri(target))))
                for key, value in zip(keys, values, strict=True):
                    for one in value if isinstance(value, list) else [value]:
                        if one is not None:
                            graph.add((subject, key, _literal(one)))
    size = len(graph)
    graph.serialize(destination="/dev/null", format="turtle", encoding="utf-8")
    yield size


def ours(form: str) -> Callable[[Database], Iterator[int]]:
    """The export: newlines tell triples in N-Triples, where they are told."""

    def run(database: Database) -> Iterator[int]:
        pieces = export(database.driver, form, base=DEFAULT_BASE, database=database.name)  # type: ignore[arg-type]
        for piece in pieces:
            if form == "ntriples":
                yield piece.count(b"\n")
            else:
                yield piece.count(b" ;\n") + piece.count(b" .\n") - 3 * piece.startswith(b"@base")

    return run


CANDIDATES: dict[str, Callable[[Database], Iterator[int]]] = {
    "bare driver": bare_driver,
    "bare pages": bare_pages,
    "ours, N-Triples": ours("ntriples"),
    "ours, Turtle": ours("turtle"),
    "rdflib, Turtle": rdflib_turtle,
}


def measure(name: str) -> dict[str, float]:
    """The figures of one candidate, taken in this process."""
    with open_database(Settings()) as database:
        with database.session() as session:
            session.run(cypher("export/all")).consume()
        before = _peak()
        server = _server(database)
        server_before = sum(server.cpu_times()[:2]) if server else 0.0
        started, used = time.perf_counter(), time.process_time()
        first, triples = 0.0, 0
        for number in CANDIDATES[name](database):
            if number and not first:
                first = time.perf_counter() - started
            triples += number
        return {
            "triples": triples,
            "seconds": time.perf_counter() - started,
            "first": first,
            "cpu": time.process_time() - used,
            "server": (sum(server.cpu_times()[:2]) if server else 0.0) - server_before,
            "peak": _peak(),
            "before": before,
        }


def load(database: Database, articles: int) -> None:
    """Fill an empty database with a made-up graph."""
    graph = synthetic_graph(articles)
    with database.session() as session:
        for item in MODEL.keyed:
            session.run(
                f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{item.label}) REQUIRE n.id IS UNIQUE"
            ).consume()
        elements: dict[str, str] = {}
        for rows in batches(graph.nodes):
            result = session.run(
                "UNWIND $rows AS row CREATE (n:$(row.labels) {id: row.id}) SET n += row.properties "
                "RETURN row.id AS id, elementId(n) AS element",
                rows=rows,
            )
            elements.update((row["id"], row["element"]) for row in result)
        for rows in batches(graph.edges):
            session.run(
                "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.source "
                "MATCH (b) WHERE elementId(b) = row.target CREATE (a)-[:$(row.type)]->(b)",
                rows=[
                    {**row, "source": elements[row["source"]], "target": elements[row["target"]]}
                    for row in rows
                ],
            ).consume()


def main() -> None:
    """Measure every candidate, or those that are named, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("candidates", nargs="*", help="some of the candidates")
    parser.add_argument("--load", type=int, metavar="ARTICLES")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(measure(given.only)))
        return
    if given.load:
        with open_database(Settings()) as database:
            load(database, given.load)
    print("| | triples | triples/s | first byte, s | client CPU, s | server CPU, s | peak, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in given.candidates or CANDIDATES:
        done = subprocess.run(
            [sys.executable, "-m", __spec__.name, "--only", name],
            check=True,
            stdout=subprocess.PIPE,
        )
        found = json.loads(done.stdout)
        print(
            f"| {name} | {found['triples']:,} | {found['triples'] / found['seconds']:,.0f} "
            f"| {found['first']:.2f} | {found['cpu']:.1f} | {found['server']:.1f} "
            f"| {found['peak']:.0f} ({found['before']:.0f} before) |",
            flush=True,
        )


def _size(values: list[object]) -> int:
    return sum(
        len(value) if isinstance(value, list) else 1 for value in values if value is not None
    )


def _literal(value: object) -> Literal:
    native = value.to_native() if hasattr(value, "to_native") else value
    return Literal(native, datatype=XSD.string if isinstance(native, str) else None)


def _peak() -> float:
    """This process's peak memory; what getrusage tells counts its parent's at the fork, too."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        assert found
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _server(database: Database) -> psutil.Process | None:
    port = int(database.uri.rsplit(":", 1)[1].split("/")[0])
    for connection in psutil.net_connections("tcp"):
        if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,):
            return psutil.Process(connection.pid) if connection.pid else None
    return None


if __name__ == "__main__":
    main()
