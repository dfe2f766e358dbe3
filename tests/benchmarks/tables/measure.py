"""Measure exports as tables and files: seconds of processor time, peak memory, rows, bytes.

    NEO4J_URI=bolt://127.0.0.1:7687 python -m tests.benchmarks.tables.measure --load 17000

``--load`` first fills an empty database: 17,000 articles bring 102,000 statements. Each format is
written to ``/dev/null`` by a process of its own, which also writes the first part of its rows, so
that memory can be compared between a small export and a large one.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator

from api.graphql.waiting import Asker
from api.rdf.export import export
from api.tables.columns import tables, whole_tables
from api.tables.formats import GRAPH_FORMATS, TABLE_FORMATS, write_zip
from api.tables.graph import GraphReader
from api.tables.reading import read_table
from api.tables.sheet import Sheet, Tally
from ontology.iris import DEFAULT_BASE
from queries.database import Database, open_database
from queries.settings import Settings
from tests.benchmarks.rdf.measure_export import load

CANDIDATES = ("turtle", "csv", "zip", "jsonl", "parquet", "xlsx", "graphml", "gexf", "ftm")


def pieces(database: Database, name: str, tally: Tally) -> Iterator[bytes]:
    """The file of the format ``name``: the statements for a format of one table, else all."""
    if name == "turtle":
        return export(database.driver, "turtle", database=database.name)
    if name in GRAPH_FORMATS:
        graph = GraphReader(database.driver, database=database.name)
        return GRAPH_FORMATS[name].write(graph, lambda _: None)
    asker = Asker(database, base=DEFAULT_BASE)

    def sheets(names: Iterable[str]) -> list[Sheet]:
        return [read_table(asker, tables()[name]) for name in names]

    if name == "zip":
        return write_zip(TABLE_FORMATS["csv"], sheets(whole_tables()), tally)
    form = TABLE_FORMATS[name]
    names = list(form.only) or (whole_tables() if form.book else ["statements"])
    return form.write(sheets(names), tally)


def measure(name: str) -> dict[str, object]:
    """Write one format, and tell what it took."""
    tally = Tally()
    with open_database(Settings()) as database:
        started, size, first = time.perf_counter(), 0, 0.0
        early = 0
        for piece in pieces(database, name, tally):
            first = first or time.perf_counter() - started
            size += len(piece)
            early = early or (_peak() if size > 5_000_000 else 0)
        seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "format": name,
        "rows": tally.total,
        "megabytes": round(size / 1e6, 1),
        "seconds": round(seconds, 1),
        "first byte": round(first, 2),
        "processor": round(used.ru_utime + used.ru_stime, 1),
        "peak MB after 5 MB": early,
        "peak MB": _peak(),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Load if asked, then measure each format in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--load", type=int, metavar="ARTICLES")
    parser.add_argument("--one", choices=CANDIDATES)
    parser.add_argument("formats", nargs="*", default=CANDIDATES)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one)))
        return
    if asked.load:
        with open_database(Settings()) as database:
            load(database, asked.load)
    for name in asked.formats:
        command = [sys.executable, "-m", "tests.benchmarks.tables.measure", "--one", name]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    main()
