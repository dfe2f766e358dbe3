"""Clients that ask a running API at random, and what becomes of each of their requests."""

import asyncio
import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

import httpx

from api.graphql.examples import Example
from api.site.kinds import LISTS

PAUSE_SECONDS = 2.0
"""How long a client reads, on average, before it asks again."""
_HTML = {"Accept": "text/html"}
_LINK = re.compile(r'href="(/[^"#]*)"')
_EXPORTS = ("ttl", "nt", "jsonld", "csv", "jsonl", "graphml")
_ENDS = {
    "ttl": re.compile(rb"# newsgraph export ends: \d+ triples\.\n\Z"),
    "nt": re.compile(rb"# newsgraph export ends: \d+ triples\.\n\Z"),
    "jsonld": re.compile(rb"\]\}\n\Z"),
    "graphml": re.compile(rb"</graphml>\s*\Z"),
}
_KINDS = {"question": 60, "page": 30, "export": 10}
"""What is asked, and how often of a hundred times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: when it was sent, how long it took, and how it ended.

    ``status`` is 0 where there was no answer; ``broken`` tells that one began and the client was
    told that it has not all of it, ``cut`` that it was not told.
    """

    kind: str
    name: str
    sent: float
    seconds: float
    status: int
    retry_after: bool = False
    broken: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that may be sent any number of times."""

    kind: str
    name: str
    method: str
    path: str
    body: bytes | None = None


def found_requests(
    address: str, examples: Sequence[Example], draw: random.Random
) -> dict[str, list[Request]]:
    """What may be asked, by kind: the ready questions, pages that are linked, exports."""
    with httpx.Client(base_url=address, headers=_HTML, timeout=60, follow_redirects=True) as client:
        paths = ["/", *(f"/{one.plural}" for one in LISTS)]
        things = {link for path in paths for link in _links(client, path)}
    chosen = draw.sample(sorted(things), min(60, len(things)))
    questions = [
        Request(
            kind="question",
            name=one.name,
            method="POST",
            path="/graphql",
            body=json.dumps({"query": one.query, "variables": dict(one.variables or {})}).encode(),
        )
        for one in examples
    ]
    return {
        "question": questions,
        "page": [Request(kind="page", name=p, method="GET", path=p) for p in [*paths, *chosen]],
        "export": [
            Request(kind="export", name=end, method="GET", path=f"/export.{end}")
            for end in _EXPORTS
        ],
    }


async def ask(client: httpx.AsyncClient, request: Request) -> Asked:
    """Send a request, and read its answer to the end."""
    sent = time.monotonic()
    status, retry_after, broken, cut = 0, False, False, False
    headers = _HTML if request.kind == "page" else {"Content-Type": "application/json"}
    try:
        async with client.stream(
            request.method, request.path, content=request.body, headers=headers
        ) as answer:
            status, retry_after = answer.status_code, "retry-after" in answer.headers
            end, rows = b"", 0
            async for piece in answer.aiter_bytes():
                end = (end + piece)[-200:]
                rows += piece.count(b"\n")
            if request.kind == "export" and status == 200:
                cut = not _is_whole(request.name, end, rows, answer.headers.get("x-total-count"))
    except httpx.HTTPError:
        broken = status != 0
    return Asked(
        kind=request.kind,
        name=request.name,
        sent=sent,
        seconds=time.monotonic() - sent,
        status=status,
        retry_after=retry_after,
        broken=broken,
        cut=cut,
    )


def opened(address: str) -> httpx.AsyncClient:
    """A client; to make one takes longer than most answers."""
    return httpx.AsyncClient(base_url=address, timeout=120, follow_redirects=True)


async def client_of(
    client: httpx.AsyncClient,
    requests: dict[str, list[Request]],
    until: float,
    asked: list[Asked],
    draw: random.Random,
) -> None:
    """Ask as a reader does until the time is up: one request, a pause, the next."""
    async with client:
        await asyncio.sleep(draw.uniform(0, PAUSE_SECONDS))
        while time.monotonic() < until:
            (kind,) = draw.choices([*_KINDS], [*_KINDS.values()])
            asked.append(await ask(client, draw.choice(requests[kind])))
            await asyncio.sleep(draw.expovariate(1 / PAUSE_SECONDS))


def _is_whole(name: str, end: bytes, rows: int, promised: str | None) -> bool:
    if name in _ENDS:
        return _ENDS[name].search(end) is not None
    # Rows that a load adds meanwhile may come on top; a line each at least, and a header in CSV.
    return promised is None or rows >= int(promised)


def _links(client: httpx.Client, path: str) -> list[str]:
    answer = client.get(path)
    answer.raise_for_status()
    links = (unescape(link) for link in _LINK.findall(answer.text))
    return [link for link in links if link.count("/") >= 2 and not link.startswith("/assets")]
