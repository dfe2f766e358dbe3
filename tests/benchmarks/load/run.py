"""Sixty-four clients, a load and a restart of Neo4j at once: what they are answered, and when.

    python -m tests.benchmarks.load.run --seconds 300 --clients 64

In a data directory of its own it loads the seeds, serves them, and asks each kind of request alone
for the idle times. Then the clients ask, pausing two seconds on average, while pages are loaded; in
the middle Neo4j is stopped and started again. All that can come of it is
counted, and held against what is promised. The exit status is 1 where a promise is broken.
"""

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from api.graphql.asking import asking_session
from api.graphql.examples import Example, from_graph, read_questions
from queries.database import managed, open_database
from queries.settings import Settings
from tests.benchmarks.load.asking import Asked, Request, ask, client_of, found_requests, opened

LAG_SECONDS = 10.0
"""So long after Neo4j accepts connections again, requests may be told that it is away or busy: it
plans each question anew."""
SLOWER = 20
"""So many times its idle median the slowest hundredth of a kind of request may take."""
GROWTH = 1.25
"""So many times the memory of its first third the server may hold in its last."""
_IDLE_ROUNDS = 15
_SEEDS = Path(__file__).parents[3] / "seeds"


@dataclass(slots=True)
class Watched:
    """What happened beside the clients: when Neo4j was away, and the server's memory."""

    away: float = 0.0
    back: float = 0.0
    memory: list[float] = field(default_factory=list)
    loads: list[int] = field(default_factory=list)


def main() -> None:
    """Run it and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    draw = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="newsgraph-load-") as folder, ExitStack() as stack:
        settings = Settings(home=Path(folder) / "home").model_copy(update={"neo4j_uri": None})
        environment = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")}
        environment |= {"NEWSGRAPH_HOME": str(settings.home), "NEWSGRAPH_PORT": "0"}
        stack.callback(managed(settings).stop)
        _newsgraph(environment, "load", str(_SEEDS)).wait()
        address, server = stack.enter_context(_serving(environment))
        requests = found_requests(address, _examples(settings), draw)
        idle = asyncio.run(_idle(address, requests))
        watched = Watched()
        clients = [opened(address) for _ in range(given.clients)]
        until = time.monotonic() + given.seconds
        beside = [
            threading.Thread(
                daemon=True, target=_load, args=(environment, Path(folder), until, watched)
            ),
            threading.Thread(
                daemon=True, target=_restart, args=(environment, given.seconds / 2, watched)
            ),
            threading.Thread(daemon=True, target=_remember, args=(server, until, watched)),
        ]
        for thread in beside:
            thread.start()
        asked = asyncio.run(_clients(clients, requests, until, draw))
        for thread in beside:
            thread.join()
    sys.exit(_report(asked, idle, watched))


def _newsgraph(environment: dict[str, str], *verb: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "newsgraph", *verb]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)


def _examples(settings: Settings) -> Sequence[Example]:
    with open_database(settings) as database, database.session() as session:
        return asyncio.run(from_graph(asking_session(session), read_questions(None)))


@contextmanager
def _serving(environment: dict[str, str]) -> Iterator[tuple[str, psutil.Process]]:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "newsgraph", "serve"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as served:
        assert served.stdout is not None
        address = ""
        for line in served.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                address = address or found[0]
            if "Ctrl-C" in line:
                break
        for _ in range(300):
            try:
                if httpx.get(f"{address}/ready").status_code == 200:
                    break
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        try:
            yield address, psutil.Process(served.pid)
        finally:
            served.terminate()


async def _idle(address: str, requests: dict[str, list[Request]]) -> dict[str, float]:
    """The median seconds of each kind of request with nobody else there."""
    medians = {}
    async with httpx.AsyncClient(base_url=address, timeout=60, follow_redirects=True) as client:
        for kind, some in requests.items():
            for request in some:
                await ask(client, request)
            rounds = _IDLE_ROUNDS if kind != "export" else 3
            taken = [await ask(client, request) for _ in range(rounds) for request in some]
            medians[kind] = statistics.median(one.seconds for one in taken)
    return medians


async def _clients(
    clients: Sequence[httpx.AsyncClient],
    requests: dict[str, list[Request]],
    until: float,
    draw: random.Random,
) -> list[Asked]:
    asked: list[Asked] = []
    drawn = ((one, random.Random(draw.random())) for one in clients)
    await asyncio.gather(*(client_of(client, requests, until, asked, own) for client, own in drawn))
    return asked


def _load(environment: dict[str, str], folder: Path, until: float, watched: Watched) -> None:
    """Load new pages, one folder after another, from a sixth of the time to its end."""
    time.sleep((until - time.monotonic()) / 6)
    number = 0
    while time.monotonic() < until:
        pages = folder / f"pages-{number}"
        pages.mkdir()
        for seed in _SEEDS.glob("*.txt"):
            text = seed.read_text(encoding="utf-8").replace(" the ", f" the {number}th ")
            (pages / f"{number}-{seed.name}").write_text(text, encoding="utf-8")
        job = _newsgraph(environment, "load", str(pages), "--workers", "1")
        job.communicate()
        watched.loads.append(job.returncode)
        number += 1


def _restart(environment: dict[str, str], after: float, watched: Watched) -> None:
    time.sleep(after)
    watched.away = time.monotonic()
    _newsgraph(environment, "db", "stop").communicate()
    _newsgraph(environment, "db", "start").communicate()
    watched.back = time.monotonic()


def _remember(server: psutil.Process, until: float, watched: Watched) -> None:
    while time.monotonic() < until:
        watched.memory.append(server.memory_info().rss / 2**20)
        time.sleep(1)


def _report(asked: Sequence[Asked], idle: dict[str, float], watched: Watched) -> int:
    """Print figures and promises; return 1 where one is broken."""
    away = (watched.away, watched.back + LAG_SECONDS)
    print(f"{len(asked)} requests; Neo4j was away for {watched.back - watched.away:.1f} s")
    print(f"loads beside them: {len(watched.loads)}, exit statuses {sorted(set(watched.loads))}")
    fair = True
    for kind, median in idle.items():
        taken = sorted(one.seconds for one in asked if one.kind == kind and one.status == 200)
        if not taken:
            continue
        p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
        times = p99 / median
        fair = fair and times < SLOWER
        print(
            f"{kind:9} {len(taken):6} answered  idle p50 {median * 1e3:6.0f} ms  "
            f"p50 {p50 * 1e3:6.0f} ms  p99 {p99 * 1e3:6.0f} ms = {times:5.1f} x idle"
        )
    slowest = sorted((one for one in asked if one.status == 200), key=lambda one: -one.seconds)
    for one in slowest[:8]:
        begun = f"{one.sent - watched.away:+.1f} s from the stop"
        begun += f", {one.sent - watched.back:+.1f} s from the return"
        print(f"  slow: {one.kind} {one.name} {one.seconds:.1f} s, begun {begun}")
    failed = [one for one in asked if one.status >= 500 or one.status == 0]
    during = [one for one in failed if away[0] <= one.sent + one.seconds and one.sent <= away[1]]
    others = [one for one in failed if one not in during]
    third = max(1, len(watched.memory) // 3)
    first, last = max(watched.memory[:third]), max(watched.memory[-third:])
    print(f"503 while Neo4j was away: {sum(one.status == 503 for one in during)}")
    others_than_503 = sorted(one.status for one in failed if one.status != 503)
    print(f"other failures, by status (0 is no answer): {dict(Counter(others_than_503))}")
    print(f"503 without Retry-After: {sum(o.status == 503 and not o.retry_after for o in failed)}")
    print(f"broken off, and told so: {sum(one.broken for one in asked)}")
    print(f"memory of the server: {first:.0f} MB in the first third, {last:.0f} MB in the last")
    for one in [*others, *(one for one in during if one.status != 503)][:10]:
        at = one.sent - watched.back
        print(
            f"  {one.status} {one.kind} {one.name} {at:+.1f} s from its return, {one.seconds:.1f} s"
        )
    promises = {
        "no 5xx but 503, and that with Retry-After": all(
            one.status == 503 and one.retry_after for one in failed
        ),
        f"none later than {LAG_SECONDS:.0f} s after Neo4j is back": not others,
        "no answer is cut without the client being told": not any(one.cut for one in asked),
        f"p99 of the answered < {SLOWER} x the idle p50": fair,
        "memory stays flat": last < GROWTH * first,
    }
    for promise, holds in promises.items():
        print(f"{'holds' if holds else 'BROKEN':7} {promise}")
    return int(not all(promises.values()))


if __name__ == "__main__":
    main()
