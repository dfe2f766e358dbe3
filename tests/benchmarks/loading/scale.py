"""What a graph of many articles takes: time and memory to fill it in bulk, its size, its answers.

Run it where there is room for 60 kB an article: python -m tests.benchmarks.loading.scale 100000
It fills a managed Neo4j of its own in a temporary folder (TMPDIR) with copies of the seeds.
"""

import argparse
import math
import os
import random
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

from loader.bulk import bulk_import, open_stage, write_tables
from loader.bulk.jobs import finish
from loader.extract.extraction import extract
from loader.extract.pipeline import load_pipeline
from queries.database import managed, open_database
from queries.settings import Settings
from tests.benchmarks.loading.bench import RUN
from tests.benchmarks.loading.copies import copies, seed_pages
from tests.benchmarks.loading.memory import resident

ROOT = Path(__file__).parents[3]
ASKED = 40
_SOME = "MATCH (n:{label}) RETURN n.id AS id LIMIT 5000"
QUESTIONS = {
    "an article with its statements and their sources": """
        query($article: ID!) { article(id: $article) { title published
          statements { nodes { text attributedTo { id name } } } } }""",
    "the newest 50 articles that mention a country, with authors": """
        query($country: ID!) { country(id: $country) {
          mentionedIn(first: 50, orderBy: [{published: DESC}]) {
            nodes { title writtenBy { nodes { name } } } } } }""",
    "how often a person is mentioned and speaks": """
        query($person: ID!) { person(id: $person) { name
          mentionedIn { totalCount } statements { totalCount } } }""",
    "what one country says of another": """
        query { claimsBetween(source: "RU", about: "UA", first: 20) { nodes { text } } }""",
    "search": """
        query($words: String!) { search(text: $words, first: 20) { nodes { id } } }""",
}


def main(count: int, memory: str) -> None:
    """Print a line for each step, for about ``count`` articles."""
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
            for batch in stage.add(islice(copies(records), pages)):
                articles += sum(len(page.articles) for page in batch)
            tables = write_tables(stage, RUN)
        files = sum(path.stat().st_size for _, path in (*tables.nodes, *tables.relationships))
        print(f"{articles:,} articles, {tables.rows:,} nodes and relationships,"
              f" {files / 1e6:,.0f} MB of tables")  # fmt: skip
        with _step("import"):
            bulk_import(server, tables, folder / "report")
        with _step("start"):
            server.start()
        with _step("index"), open_database(settings) as database:
            finish(database, [], home=folder)
        store = sum(path.stat().st_size for path in folder.glob("home/**/*") if path.is_file())
        print(f"database {store / 1e6:,.0f} MB")
        try:
            with _api(settings) as address:
                _ask(address, list(_variables(settings)))
        finally:
            server.stop()


def _variables(settings: Settings) -> Iterator[dict[str, Any]]:
    """What to ask about: drawn from the graph."""
    chosen = random.Random(7)
    with open_database(settings) as database, database.session() as session:
        found = {
            label: [row["id"] for row in session.run(_SOME.format(label=label))]
            for label in ("Article", "Person", "Country")
        }
        words = [
            row["text"].split()
            for row in session.run("MATCH (n:Claim) RETURN n.text AS text LIMIT 5000")
        ]
    for _ in range(ASKED):
        yield {
            **{label.lower(): chosen.choice(ids) for label, ids in found.items()},
            "words": " ".join(chosen.choice(words)[:2]),
        }


def _ask(address: str, variables: list[dict[str, Any]]) -> None:
    with httpx.Client(timeout=120) as client:
        for name, query in QUESTIONS.items():
            times = []
            for drawn in variables:
                used = {key: value for key, value in drawn.items() if f"${key}:" in query}
                began = time.perf_counter()
                answer = client.post(address, json={"query": query, "variables": used}).json()
                times.append(time.perf_counter() - began)
                if "errors" in answer:
                    sys.exit(f"{name}: {answer['errors'][0]['message']}")
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
        env=environment | {"NEWSGRAPH_HOME": str(settings.home)},
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
    arguments = parser.parse_args()
    main(arguments.articles, arguments.memory)
