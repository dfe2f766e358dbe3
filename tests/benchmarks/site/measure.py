"""How long the pages of a running site take, and how large they are, by kind.

    python -m tests.benchmarks.site.measure http://127.0.0.1:8000 [--rounds 40] [--seed 7]

Pages are found by following links, as a reader does, and asked for in random order, each kind as
often as the others. What is measured is the time until the whole page has arrived, without any
cache of the client's. Run `newsgraph load` beside it to see what a load costs readers.
"""

import argparse
import random
import re
import statistics
import time
from collections import defaultdict
from html import unescape
from itertools import pairwise

import httpx

from api.site.kinds import LISTS

_HTML = {"Accept": "text/html"}
_LINK = re.compile(r'href="(/[^"#]*)"')
_KINDS = ("person", "organization", "outlet", "country", "claim", "statement", "article")
_WORDS = ("trade", "border", "talks", "Ukraine", "minister", "treaty")


def main() -> None:
    """Print a line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    draw = random.Random(given.seed)
    with httpx.Client(base_url=given.address, headers=_HTML, timeout=60) as client:
        pages = found(client, draw)
        for paths in pages.values():  # once, so that nothing is planned while it is measured
            client.get(paths[0], follow_redirects=True)
        asked = [
            (kind, draw.choice(paths)) for kind, paths in pages.items() for _ in range(given.rounds)
        ]
        draw.shuffle(asked)
        seconds: dict[str, list[float]] = defaultdict(list)
        sizes: dict[str, int] = defaultdict(int)
        for kind, path in asked:
            started = time.perf_counter()
            answer = client.get(path, follow_redirects=True)
            seconds[kind].append(time.perf_counter() - started)
            if answer.status_code != 200:
                print(f"{path}: {answer.status_code}")
            sizes[kind] = max(sizes[kind], len(answer.content))
    report(seconds, sizes)


def found(client: httpx.Client, draw: random.Random) -> dict[str, list[str]]:
    """Addresses of pages by their kind."""
    pages: dict[str, list[str]] = {"home": ["/"]}
    for one in LISTS:
        links = _links(client, f"/{one.plural}")
        pages[f"list of {one.plural}"] = [f"/{one.plural}"]
        narrowed = [href for href in links if href.startswith(f"/{one.plural}?")]
        if narrowed:
            pages[f"{one.plural}, narrowed"] = narrowed
        for kind in _KINDS:
            things = [href for href in links if href.startswith(f"/{kind}/")]
            if things:
                pages[kind] = [*pages.get(kind, []), *things]
    pages["search"] = [f"/search?q={word}" for word in _WORDS]
    people = draw.sample(pages["person"], min(8, len(pages["person"])))
    keys = [path.removeprefix("/") for path in people]
    pages["comparison"] = [f"/compare?a={one}&b={other}" for one, other in pairwise(keys)]
    return pages


def report(seconds: dict[str, list[float]], sizes: dict[str, int]) -> None:
    """The table: median and 95th percentile in milliseconds, the largest page in kilobytes."""
    print(f"{'page':28} {'p50 ms':>8} {'p95 ms':>8} {'kB':>6}")
    every: list[float] = []
    for kind, taken in seconds.items():
        every += taken
        print(_line(kind, taken, sizes[kind]))
    print(_line("all", every, max(sizes.values())))


def _line(kind: str, taken: list[float], size: int) -> str:
    p95 = statistics.quantiles(taken, n=20)[-1]
    return f"{kind:28} {statistics.median(taken) * 1e3:8.1f} {p95 * 1e3:8.1f} {size / 1e3:6.1f}"


def _links(client: httpx.Client, path: str) -> list[str]:
    text = client.get(path).text
    return [unescape(href) for href in dict.fromkeys(_LINK.findall(text))]


if __name__ == "__main__":
    main()
