"""Whether a load's memory is flat: extract and write many pages, and print the peak as it goes.

Run it on an empty database named by NEO4J_URI: python -m tests.benchmarks.loading.memory 10000
"""

import hashlib
import sys
import threading
import time
from collections.abc import Iterator
from random import Random

import psutil

from loader.extract.pipeline import load_pipeline
from loader.extract.workers import chosen_extractor, default_workers
from loader.graph.intake import Report
from loader.graph.loading import load
from loader.pages import Page
from queries.database import open_database
from queries.settings import Settings
from tests.benchmarks.loading.copies import seed_pages

_EVERY = 500


def main(count: int) -> None:
    """Load ``count`` pages and print a line for every 500."""
    peak = [0, 0]
    report, began = Report(), time.monotonic()
    watcher = threading.Thread(target=_watch, args=(peak,), daemon=True)
    watcher.start()

    def on_page(name: str) -> None:
        done = int(name.partition(".")[0]) + 1
        if done % _EVERY == 0:
            seconds = time.monotonic() - began
            print(f"{done:7} pages {seconds:7.0f} s   peak, MB: this process {peak[0] / 1e6:.0f},"
                  f" with its workers {peak[1] / 1e6:.0f}", flush=True)  # fmt: skip

    with open_database(Settings()) as database, database.session() as session:
        load(
            session,
            chosen_extractor(load_pipeline, default_workers()),
            _pages(count),
            report=report,
            on_page=on_page,
        )
        size = session.run("MATCH (n) RETURN count(n) AS nodes").single(strict=True)["nodes"]
    print(f"{report.articles} articles, {report.statements} statements, {size} nodes")


def _pages(count: int) -> Iterator[Page]:
    """Short pages of paragraphs drawn from the seeds, with words that no other page has."""
    paragraphs = [
        part for page in seed_pages() for part in page.text.split("\n\n") if len(part) > 200
    ]
    for number in range(count):
        chosen = Random(number)
        drawn = chosen.sample(paragraphs, 3)
        text = "\n\n".join([f"Report {number:x} of Nairobi", *drawn, f"Printed as {number:x}."])
        yield Page(
            name=f"{number}.txt",
            location=f"{number}.txt",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            text=text,
        )


def _watch(peak: list[int]) -> None:
    me = psutil.Process()
    while True:
        own, others = resident(me)
        peak[0], peak[1] = max(peak[0], own), max(peak[1], own + others)
        time.sleep(0.5)


def resident(process: psutil.Process) -> tuple[int, int]:
    """The bytes of memory that ``process`` holds, and those that all it started hold."""
    others = 0
    for child in process.children(recursive=True):
        try:
            others += child.memory_info().rss
        except psutil.Error:
            continue
    return process.memory_info().rss, others


if __name__ == "__main__":
    main(int(sys.argv[1]))
