"""Measure the API against @neo4j/graphql and the floor, on one database, round-robin in one run.

    python -m tests.benchmarks.graphql.generate bolt://127.0.0.1:7687
    (cd tests/benchmarks/graphql/peer && npm install)
    python -m tests.benchmarks.graphql.bench bolt://127.0.0.1:7687 [--seconds 3] [--only words]

The answers of both servers are compared before anything is timed. Ratios are what counts: all
three servers, the database and the clients share the machine.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import psutil

from tests.benchmarks.graphql.questions import QUESTIONS, TARGETS, Question

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PORTS = {"own": 38_001, "floor": 38_002, "peer": 38_003}
LIMITS = {"list_size": 1_000, "nodes": 10**7, "cost": 10**8, "query_seconds": 60}
_COMPARED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One question, one server: milliseconds, requests a second, CPU milliseconds a request."""

    p50: float
    p95: float
    cpu: float
    rate: float


class Client:
    """One connection kept alive: the least a client can cost."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None

    async def ask(self, body: bytes) -> bytes:
        """POST ``body`` and read the answer."""
        if self._reader is None:
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self._port, limit=2**24
            )
        head = (
            f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            "Content-Type: application/json\r\nAccept: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        if b"content-length:" in answer:
            length = int(answer.split(b"content-length:")[1].split(b"\r\n")[0])
            return await self._reader.readexactly(length)
        chunks = []
        while size := int(await self._reader.readline(), 16):
            chunks.append(await self._reader.readexactly(size))
            await self._reader.readline()
        await self._reader.readline()
        return b"".join(chunks)

    def close(self) -> None:
        """Hang up."""
        if self._reader is not None:
            self._writer.close()


@contextmanager
def servers(uri: str, user: str, password: str) -> Iterator[dict[str, int]]:
    """Start the three servers; gives their process ids."""
    node = shutil.which("node")
    if node is None or not (HERE / "peer" / "node_modules").is_dir():
        sys.exit("The peer is not installed: run npm install in tests/benchmarks/graphql/peer.")
    environment = {
        **os.environ,
        "NEO4J_URI": uri,
        "NEO4J_USER": user,
        "NEO4J_PASSWORD": password,
        "NEWSGRAPHLIMITS": json.dumps(LIMITS),
        "NODE_ENV": "production",
        "BOLT": uri,
        "USER": user,
        "PASSWORD": password,
        "PORT": str(PORTS["peer"]),
        "PYTHONPATH": str(ROOT),
    }
    floor = [sys.executable, "-m", "tests.benchmarks.graphql.floor", uri]
    floor += ["--port", str(PORTS["floor"]), "--user", user]
    commands = {
        "own": [sys.executable, "-m", "newsgraph", "serve", "--port", str(PORTS["own"])],
        "floor": [*floor, *(["--password", password] if password else [])],
        "peer": [node, str(HERE / "peer" / "server.mjs")],
    }
    running = {
        name: subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for name, command in commands.items()
    }
    try:
        for name, port in PORTS.items():
            _until_open(name, port, running[name])
        yield {name: process.pid for name, process in running.items()}
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            process.wait(20)


def _until_open(name: str, port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"The server '{name}' ended with status {process.returncode}.")
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"The server '{name}' does not listen on port {port}.")


def body(question: Question, name: str, draw: random.Random) -> bytes:
    """A request as the server called ``name`` wants it."""
    text = question.peer if name == "peer" else question.own
    return orjson.dumps({"query": text, "variables": question.draw(draw)})


async def compare(question: Question) -> None:
    """See that both servers answer alike."""
    clients = {name: Client(PORTS[name]) for name in ("own", "peer")}
    for seed in range(_COMPARED):
        answers = {}
        for name, client in clients.items():
            answer = json.loads(await client.ask(body(question, name, random.Random(seed))))
            if answer.get("errors"):
                sys.exit(f"{question.name}: {name} answers {answer['errors']}")
            answers[name] = canonical(answer["data"])
        if answers["own"] != answers["peer"]:
            own, peer = (json.dumps(answers[name], indent=1).splitlines() for name in clients)
            difference = "\n".join(islice(unified_diff(own, peer, "own", "peer", n=1), 40))
            sys.exit(f"{question.name}: the answers differ\n{difference}")
    for client in clients.values():
        client.close()


def canonical(value: Any) -> Any:
    """An answer without what is only the schema's shape: connections, lists for one, counts."""
    if isinstance(value, list):
        items = [canonical(item) for item in value]
        # Lists below the first level have no order of their own in the peer.
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
    if not isinstance(value, dict):
        return value
    if value.keys() == {"aggregate"}:
        return value["aggregate"]["count"]["nodes"]
    if value.keys() == {"totalCount"}:
        return value["totalCount"]
    if value.keys() == {"nodes"}:
        return canonical(value["nodes"])
    return {
        key: _one(canonical(item)) if isinstance(item, list | dict | None) else item
        for key, item in value.items()
    }


def _one(value: Any) -> Any:
    if isinstance(value, list) and len(value) <= 1:
        return value[0] if value else None
    return value


async def measure(
    question: Question, name: str, pid: int, clients: int, seconds: float, seed: int
) -> Figures:
    """Ask for some time from a number of clients."""
    draw, process, times = random.Random(seed), psutil.Process(pid), list[float]()
    end = time.perf_counter() + seconds

    async def ask() -> None:
        client = Client(PORTS[name])
        while time.perf_counter() < end:
            request = body(question, name, draw)
            started = time.perf_counter()
            await client.ask(request)
            times.append(time.perf_counter() - started)
        client.close()

    before, started = process.cpu_times(), time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(clients)))
    elapsed, after = time.perf_counter() - started, process.cpu_times()
    used = after.user + after.system - before.user - before.system
    times.sort()
    return Figures(
        p50=statistics.median(times) * 1e3,
        p95=times[min(len(times) - 1, int(len(times) * 0.95))] * 1e3,
        cpu=used / len(times) * 1e3,
        rate=len(times) / elapsed,
    )


async def run(uri: str, user: str, password: str, seconds: float, rounds: int, only: str) -> None:
    """Compare, warm, measure and print."""
    chosen = [question for question in QUESTIONS if only in question.name]
    print(
        "| question | p50 ms, own / peer / floor | p95 ms, own / peer | × p50 "
        "| requests/s, own / peer | × rate | CPU ms, own / floor | × CPU |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with servers(uri, user, password) as pids:
        for question in chosen:
            await compare(question)
            for name in PORTS:
                await measure(question, name, pids[name], 4, min(1.5, seconds), 1)
            single, many = dict[str, list[Figures]](), dict[str, list[Figures]]()
            for turn in range(rounds):
                for name in PORTS:
                    one = await measure(question, name, pids[name], 1, seconds, turn)
                    single.setdefault(name, []).append(one)
                for name in PORTS:
                    all_ = await measure(question, name, pids[name], 16, seconds, turn)
                    many.setdefault(name, []).append(all_)
            print(line(question, single, many), flush=True)


def line(
    question: Question, single: dict[str, list[Figures]], many: dict[str, list[Figures]]
) -> str:
    """A row of the table; a cross marks a target that is missed."""

    def middle(figures: list[Figures], name: str) -> float:
        return statistics.median([float(getattr(item, name)) for item in figures])

    p50 = {name: middle(items, "p50") for name, items in single.items()}
    p95 = {name: middle(items, "p95") for name, items in single.items()}
    rate = {name: middle(items, "rate") for name, items in many.items()}
    cpu = {name: middle(items, "cpu") for name, items in many.items()}
    slowest, fewest = TARGETS[question.kind]
    times, rates, work = (
        p50["own"] / p50["peer"],
        rate["own"] / rate["peer"],
        cpu["own"] / cpu["floor"],
    )
    missed = ["", " ✗"]
    return (
        f"| {question.name} | {p50['own']:.1f} / {p50['peer']:.1f} / {p50['floor']:.1f} "
        f"| {p95['own']:.1f} / {p95['peer']:.1f} | {times:.2f}{missed[times > slowest]} "
        f"| {rate['own']:.0f} / {rate['peer']:.0f} | {rates:.1f}{missed[rates < fewest]} "
        f"| {cpu['own']:.1f} / {cpu['floor']:.1f} | {work:.2f}{missed[work > 1.6]} |"
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uri")
    parser.add_argument("--user", default="neo4j")
    parser.add_argument("--password", default="")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default="", help="questions with this in their name")
    given = parser.parse_args()
    asyncio.run(run(given.uri, given.user, given.password, given.seconds, given.rounds, given.only))


if __name__ == "__main__":
    main()
