"""How long and with how much memory the origins of claims are found, as articles grow in number.

``python -m tests.benchmarks.origins.grouping 10000 30000 100000`` measures each size in a
process of its own: articles of 300 invented words, in stories of ten reprints. Each story carries
a claim of its own (``stories``), or all carry the same (``one claim``).
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date

from loader.graph.origins.carriers import Carrier, Said, Told, article, carrier
from loader.graph.origins.grouping import origins

REPRINTS = 10
_QUOTE = "“The gates were built for much smaller floods than those of this autumn,” he said."
_WORDS = 300
_VOCABULARY = 20_000


def carriers(count: int, seed: int = 1) -> Iterator[Carrier]:
    """Yield ``count`` articles that carry a claim, each story printed ten times."""
    chosen = random.Random(seed)
    words = ["".join(chosen.choices("aeioubdgklmnprst", k=7)) for _ in range(_VOCABULARY)]
    for number in range(count):
        if number % REPRINTS == 0:
            story = [" ".join(chosen.choices(words, k=15)).capitalize() + "." for _ in range(20)]
        kept = story[: chosen.randint(10, 20)]
        text = "\n\n".join([f"Headline {number}", *kept[:-4], _QUOTE, *kept[-4:]])
        start = text.index(_QUOTE)
        told = Told(
            id=f"article/{number:07}",
            text=text,
            outlet=f"organization/{number % 500}",
            published=date(2026, 1, 1 + number % 28),
            noise=(),
            statements=(
                Said(
                    claim="claim/1",
                    kind="direct",
                    spans=((start, start + 73),),
                    speaker="person/bo-ek",
                    via=None,
                    reporter=None,
                ),
            ),
            named=(),
        )
        yield carrier(article(told), {"claim/1"})


def measured(count: int, kind: str) -> tuple[int, float]:
    """How many origins there are, and the seconds of processor time it takes."""
    began = time.process_time()
    found = 0
    if kind == "one claim":
        found = len(origins(carriers(count)))
    else:
        story: list[Carrier] = []
        for item in carriers(count):
            story.append(item)
            if len(story) == REPRINTS:
                found += len(origins(story))
                story = []
    return found, time.process_time() - began


def main() -> None:
    """Measure in this process, or each size in one of its own."""
    if sys.argv[1] == "in-process":
        count, kind = int(sys.argv[2]), sys.argv[3]
        found, seconds = measured(count, kind)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {kind} | {count:,} | {found:,} | {seconds:.1f} | {peak:,.0f} |", flush=True)
        return
    print("| articles carry | articles | origins | processor seconds | peak memory, MB |")
    print("| --- | --- | --- | --- | --- |", flush=True)
    for kind in ("stories", "one claim"):
        for size in sys.argv[1:]:
            command = [sys.executable, "-m", __spec__.name, "in-process", size, kind]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
