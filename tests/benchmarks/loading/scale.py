"""What a graph of many articles takes: time and memory to fill it in bulk, its size, its answers.

Run it where there is room for 60 kB an article: python -m tests.benchmarks.loading.scale 100000
It fills a managed Neo4j of its own in a temporary folder (TMPDIR) with copies of the seeds.
"""

import argparse
import json
import math
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import psutil

import ontology.meaning
from loader.bulk import bulk_import, open_stage, write_tables
from loader.bulk.jobs import finish
from loader.bulk.preparing import TABLES
from loader.bulk.staging import FILE
from loader.extract.extraction import extract
from loader.extract.pipeline import load_pipeline
from loader.extract.workers import default_workers
from queries.database import managed, open_database
from queries.settings import Settings
from tests.benchmarks.graphql.bench import LIMITS
from tests.benchmarks.graphql.questions import QUESTIONS
from tests.benchmarks.loading.bench import RUN
from tests.benchmarks.loading.copies import copies, seed_pages
from tests.benchmarks.loading.memory import resident

ROOT = Path(__file__).parents[3]
TIMES = 40
ASKED = QUESTIONS[:12]
_SOME = "MATCH (n:{label}) RETURN n.id AS id, n.published AS published LIMIT 5000"
_SEARCH = "query($words: String!) { search(text: $words, first: 20) { nodes { id } } }"


def main(count: int, memory: str, *, vectors: bool) -> None:
    """Print a line for each step, for about ``count`` articles."""
    if not vectors:
        ontology.meaning.available = lambda: False  # type: ignore[assignment]
    records = list(extract(load_pipeline(), seed_pages()))
    pages = math.ceil(count * len(records) / sum(len(page.articles) for page in records))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(home=folder / "home", memory=memory)
        settings = settings.model_copy(update={"neo4j_uri": None})
        server = managed(settings)
        server.start()
        server.stop()
        with _step("stage"), open_stage(folder) as stage:
            articles = 0
            for batch in stage.add(islice(copies(records), pages), workers=default_workers()):
                articles += sum(len(page.articles) for page in batch)
            tables = write_tables(stage, RUN)
        files = sum(path.stat().st_size for _, path in (*tables.nodes, *tables.relationships))
        print(f"{articles:,} articles, {tables.rows:,} nodes and relationships,"
              f" {files / 1e6:,.0f} MB of tables")  # fmt: skip
        with _step("import"):
            bulk_import(server, tables, folder / "report")
        shutil.rmtree(folder / TABLES)
        (folder / FILE).unlink()
        with _step("start"):
            server.start()
        with _step("index"), open_database(settings) as database:
            finish(database, [], home=folder)
        store = sum(path.stat().st_size for path in folder.glob("home/**/*") if path.is_file())
        print(f"database {store / 1e6:,.0f} MB")
        try:
            with _api(settings) as address:
                _ask(address, settings)
        finally:
            server.stop()


def _ask(address: str, settings: Settings) -> None:
    """Print the times of each question of the GraphQL benchmark, and of a search."""
    chosen = random.Random(7)
    with open_database(settings) as database, database.session() as session:
        found = {
            label: session.run(_SOME.format(label=label)).data()
            for label in ("Article", "Person", "Outlet", "Country")
        }
        texts = session.run("MATCH (n:Claim) RETURN n.text AS text LIMIT 5000").value()
    ids = {rows[0]["id"].partition("/")[0]: rows for rows in found.values()}
    ids["organization"] = found["Outlet"]
    days = [row["published"] for row in found["Article"] if row["published"]]

    def there(name: str, value: Any) -> Any:
        """The like of ``value`` that is in the graph."""
        if name in ("id", "other"):
            return chosen.choice(ids[value.partition("/")[0]])["id"]
        return chosen.choice(days).iso_format() if name == "day" else value

    with httpx.Client(timeout=600) as client:
        for question in ASKED:
            drawn = [question.draw(chosen) for _ in range(TIMES)]
            variables = [{name: there(name, row[name]) for name in row} for row in drawn]
            _time(client, address, question.name, question.own, variables)
        words = [{"words": " ".join(chosen.choice(texts).split()[:2])} for _ in range(TIMES)]
        _time(client, address, "search", _SEARCH, words)


def _time(
    client: httpx.Client, address: str, name: str, query: str, variables: list[dict[str, Any]]
) -> None:
    times = []
    for drawn in variables:
        began = time.perf_counter()
        answer = client.post(address, json={"query": query, "variables": drawn}).json()
        times.append(time.perf_counter() - began)
        if "errors" in answer:
            print(f"{name}: {answer['errors'][0]['message']}", flush=True)
            return
    times.sort()
    print(f"{name}: {1000 * statistics.median(times):,.1f} ms,"
          f" p95 {1000 * times[int(0.95 * len(times))]:,.1f} ms", flush=True)  # fmt: skip


@contextmanager
def _api(settings: Settings) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "NEO4J_URI"}
    command = [sys.executable, "-m", "newsgraph", "serve", "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment
        | {"NEWSGRAPH_HOME": str(settings.home), "NEWSGRAPH_LIMITS": json.dumps(LIMITS)},
        stdout=subprocess.DEVNULL,
    ) as process:
        address = f"http://127.0.0.1:{port}/graphql"
        try:
            for _ in range(120):
                try:
                    httpx.post(address, json={"query": "{ __typename }"})
                    break
                except httpx.HTTPError:
                    time.sleep(0.5)
            yield address
        finally:
            process.terminate()


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Time a step, and watch the memory of this process and of those it starts."""
    me, peak, over = psutil.Process(), [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            peak[0] = max(peak[0], sum(resident(me)))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    began = time.perf_counter()
    yield
    elapsed = time.perf_counter() - began
    over.set()
    watcher.join()
    print(f"{name:8}{elapsed:8.1f} s, at most {peak[0] / 1e6:,.0f} MB of memory", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--memory", default="2g", help="Java's heap")
    parser.add_argument("--without-vectors", action="store_true", help="no search by meaning")
    arguments = parser.parse_args()
    main(arguments.articles, arguments.memory, vectors=not arguments.without_vectors)
