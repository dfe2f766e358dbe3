"""What Spark costs: processor seconds a page, beside extraction in one process.

Run it with a folder of text pages: python -m tests.benchmarks.loading.spark_cost PAGES COUNT
Both ways extract COUNT copies of the pages, then twice as many; the difference is free of what
starting costs.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import psutil

_WAYS = {
    "one process": ["extract", "{pages}", "--output", "{folder}/records.jsonl"],
    "Spark": ["spark", "{pages}", "--records", "{folder}/records", "--master", "local[1]"],
}


def main(pages: str, count: int) -> None:
    """Print the seconds a page for each way, and their ratio."""
    costs = {}
    for way, arguments in _WAYS.items():
        once, twice = (_seconds(arguments, Path(pages), number) for number in (count, 2 * count))
        costs[way], java = ((more - less) / count for less, more in zip(once, twice, strict=True))
        print(
            f"{way:12} {once[0]:7.1f} s, {twice[0]:7.1f} s: {costs[way]:.3f} s a page,"
            f" {java:.3f} of them in Java",
            flush=True,
        )
    print(f"Spark / one process: {costs['Spark'] / costs['one process']:.2f}")


def _seconds(arguments: list[str], pages: Path, count: int) -> tuple[float, float]:
    """The processor seconds that a command and all it started have used, and Java's of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        files = sorted(path for path in pages.iterdir() if path.is_file())
        for number, path in enumerate(islice(cycle(files), count)):
            copy = folder / "pages" / f"{number:06}{path.suffix}"
            shutil.copyfile(path, copy)
            with copy.open("a") as file:
                file.write(f"\n\nCopy {number} was printed in Kenya.\n")
        given = [item.format(pages=folder / "pages", folder=folder) for item in arguments]
        command = [str(Path(sys.executable).with_name("newsgraph")), *given]
        used: dict[int, float] = {}
        java: set[int] = set()
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as job:
            while job.poll() is None:
                for process in [psutil.Process(job.pid), *_below(job.pid)]:
                    try:
                        times = process.cpu_times()
                        if process.name() == "java":
                            java.add(process.pid)
                    except psutil.Error:
                        continue
                    used[process.pid] = times.user + times.system
                time.sleep(0.1)
        return sum(used.values()), sum(used[pid] for pid in java)


def _below(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
