"""Measure how long a file takes to read for an import, and how much memory.

    python -m tests.benchmarks.rdf.measure_import 5400 --format turtle --format ntriples

Files of a made-up graph of so many articles, and of a quarter of it, are read and checked, each in
a process of its own; memory that is flat is the same for both. Nothing is written to a database.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ontology.model import load_model
from ontology.rdf.reading import staged_nodes
from ontology.rdf.writing import FORMATS, writer
from tests.benchmarks.rdf.synthetic_graph import synthetic_nodes
from tests.ontology.graphs import row_of

MODEL = load_model()
BASE = "http://127.0.0.1:8000"


def write(folder: Path, articles: int) -> None:
    """Write the graph to a file in each format that is written row by row."""
    nodes = synthetic_nodes(articles)
    for form in ("turtle", "ntriples", "jsonld"):
        target = writer(FORMATS[form].name, MODEL, BASE)
        with (folder / f"{articles}.{FORMATS[form].extension}").open("wb") as file:
            file.write(target.opening())
            for node in nodes:
                label, row = row_of(node)
                file.write(target.rows(label, [row]))
            file.write(target.ending())


def measure(path: Path) -> None:
    """Read the file; print its figures as JSON."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, processor = time.perf_counter(), time.process_time()
    with staged_nodes(path, MODEL) as staging:
        nodes, edges, _, _ = staging.count()
        for _ in staging.new_nodes(last="Dataset"):
            pass
        for _, pairs in staging.new_edges():
            sum(1 for _ in pairs)
    figures = {
        "file": path.name,
        "MB": round(path.stat().st_size / 1e6),
        "nodes": nodes,
        "relationships": edges,
        "seconds": round(time.perf_counter() - started, 1),
        "CPU seconds": round(time.process_time() - processor, 1),
        "memory before, MB": round(before / 1e3),
        "memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
    }
    print(json.dumps(figures))


def main() -> None:
    """Write the files and measure each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=5_400)
    parser.add_argument("--format", action="append", choices=("turtle", "ntriples", "jsonld"))
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        measure(given.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        for articles in (given.articles // 4, given.articles):
            made = [sys.executable, "-c", f"{_MAKE}({folder!r}), {articles})"]
            subprocess.run(made, check=True)
        for form in given.format or ("turtle", "ntriples", "jsonld"):
            for articles in (given.articles // 4, given.articles):
                path = f"{folder}/{articles}.{FORMATS[form].extension}"
                command = [sys.executable, "-m", "tests.benchmarks.rdf.measure_import"]
                subprocess.run([*command, "--read", path], check=True)


_MAKE = (
    "from pathlib import Path; from tests.benchmarks.rdf.measure_import import write; write(Path"
)

if __name__ == "__main__":
    main()
