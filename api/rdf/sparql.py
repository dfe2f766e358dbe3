"""Read-only SPARQL 1.1 over a snapshot of the graph, for those who come from RDF.

Each query runs in a process of its own, which is stopped when it takes
too long or answers too much. Queries alone are understood, so nothing can be changed or loaded;
SERVICE is refused, so nothing else is asked.
"""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import parse_qs

import psutil
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.admission import Admission
from api.http.availability import InThread
from api.http.errors import ApiError, Code
from api.http.limits import Limits as RequestLimits
from api.http.receiving import read_body
from api.rdf.snapshots import Snapshot
from api.rdf.sparql_text import Graphs, check, dataset
from api.rdf.sparql_worker import MISWRITTEN, REFUSED
from ontology.iris import DEFAULT_BASE
from ontology.rdf.values import RdfError
from queries.counts import counted

_ROOT = Path(__file__).parents[2]
_PUT = "application/sparql-query"
_FORM = "application/x-www-form-urlencoded"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*")
_LOOK_SECONDS = 0.05
_JSON = "application/sparql-results+json"

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?P<expected>.*)", re.DOTALL)
_PHRASE = re.compile(r"\b[A-Z]\w* [A-Za-z]\w*[a-z ]\w[\w ]*")
_NEAR = 40


AT_ONCE = RequestLimits(running=2, waiting=16, waiting_seconds=30.0)
"""Queries that run in one server, and that wait for a turn: a snapshot may just be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may take: seconds, bytes of its answer, bytes of memory."""

    seconds: float = 30.0
    answer: int = 20_000_000
    memory: int = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a query in one of the formats of SPARQL 1.1 or RDF."""

    media_type: str
    body: bytes


def answer(
    store: Path,
    query: str,
    *,
    accept: str = _JSON,
    limits: Limits | None = None,
    base: str = DEFAULT_BASE,
    graphs: Graphs | None = None,
) -> Answer:
    """What ``query`` finds in the store, in the format that ``accept`` prefers.

    Relative IRIs, such as ``<country/TW>``, are those of the graph's things below ``base``. Unless
    ``graphs`` or the query itself say otherwise, everything is queried.

    Raises:
        ApiError: it is no SPARQL 1.1 query, asks for SERVICE, or takes more than it may.
    """
    limits = limits or Limits()
    check(query)
    # From our folder, never from the one that the command happens to be given in.
    module = ["-P", "-m", "api.rdf.sparql_worker"]
    command = [sys.executable, *module, str(store), accept, str(limits.memory), f"{base}/id/"]
    command.append(json.dumps(dataset(query, graphs or Graphs())))
    with TemporaryFile() as asked, TemporaryFile() as complaints:
        asked.write(query.encode())
        asked.seek(0)
        output, status, stopped = _run(command, asked, complaints, limits)
        complaints.seek(0)
        reason = complaints.read().decode(errors="replace").strip()
    if stopped == "time":
        msg = f"The query took more than {counted(limits.seconds, 'second')}; request less."
        raise ApiError(msg, code=Code.QUERY_TIMEOUT, status=504)
    if stopped:
        msg = (
            f"The answer is larger than {counted(limits.answer, 'byte')}; request less with LIMIT."
        )
        raise ApiError(msg, code=Code.LIMIT_EXCEEDED, status=400)
    if status == MISWRITTEN:
        raise ApiError(_explained(query, reason), code=Code.BAD_USER_INPUT)
    if status != 0:
        if status != REFUSED:
            reason = "it needs more memory than is allowed"
        msg = f"The query failed: {reason}."
        raise ApiError(msg, code=Code.BAD_USER_INPUT)
    media_type, _, body = output.partition(b"\n")
    return Answer(media_type=media_type.decode(), body=body)


def router(
    snapshot: Snapshot,
    *,
    limits: Limits | None = None,
    bodies: RequestLimits | None = None,
    in_thread: InThread = run_sync,
    admission: Admission | None = None,
) -> APIRouter:
    """``/sparql`` by the SPARQL 1.1 Protocol: GET, and POST as a form or as a query.

    Args:
        snapshot: what is asked.
        limits: what one query may take.
        bodies: how long a query may be, and how long it may take to come.
        in_thread: how the graph is read for a snapshot.
        admission: how many queries run at once, each in a process of its own.
    """
    turns = admission or Admission(AT_ONCE)
    bodies = bodies or RequestLimits()
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/sparql", methods=["GET", "POST"])
    async def sparql(request: Request) -> Response:
        query, graphs = await _query(request, bodies)
        accept = request.headers.get("accept", _JSON)
        try:
            async with turns.turn():
                store = await in_thread(snapshot.path)
                base = snapshot.base
                found = await run_sync(
                    lambda: answer(
                        store, query, accept=accept, limits=limits, base=base, graphs=graphs
                    )
                )
        except RdfError as error:
            raise ApiError(str(error), status=409) from error
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        return Response(found.body, media_type=found.media_type, headers=headers)

    return routes


async def _query(request: Request, bodies: RequestLimits) -> tuple[str, Graphs]:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET":
        return _one(request.query_params.getlist("query")), _graphs(request.query_params.getlist)
    _refuse_other_sites(request)
    body = await read_body(request.receive, request.headers, bodies)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise ApiError("The query is not UTF-8.") from error
    if media_type == _PUT:
        return text, _graphs(request.query_params.getlist)
    if media_type == _FORM:
        given = parse_qs(text)
        return _one(given.get("query", [])), _graphs(lambda name: given.get(name, []))
    msg = f"Queries must be posted as {_PUT} or {_FORM}."
    raise ApiError(msg, code=Code.UNSUPPORTED_MEDIA_TYPE, status=415)


def _graphs(given: Callable[[str], list[str]]) -> Graphs:
    """The dataset that the request's parameters name.

    Raises:
        ApiError: one is no IRI.
    """
    for name in ("default-graph-uri", "named-graph-uri"):
        for iri in given(name):
            if not _IRI.fullmatch(iri):
                msg = f"{name} is {iri[:100]!r}, which is not an IRI."
                raise ApiError(msg, code=Code.BAD_USER_INPUT)
    return Graphs(default=tuple(given("default-graph-uri")), named=tuple(given("named-graph-uri")))


def _refuse_other_sites(request: Request) -> None:
    """A form of another website can be sent here by a reader's browser, which says so."""
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    foreign = origin is not None and origin.partition("://")[2].lower() != host.lower()
    if site not in ("none", "same-origin") or (foreign and "sec-fetch-site" not in request.headers):
        msg = "Queries cannot be posted from another website; send them from a program, or by GET."
        raise ApiError(msg, code=Code.CROSS_SITE, status=403)


def _one(queries: list[str]) -> str:
    if len(queries) != 1:
        raise ApiError("The request needs exactly one parameter 'query', with a SPARQL 1.1 query.")
    return queries[0]


def _explained(query: str, reason: str) -> str:
    """What is wrong with a query that does not parse, and where, in one sentence.

    ``reason`` is the parser's: "error at 3:7: expected one of …", with rules of the grammar of
    which only those that are phrases mean anything to a reader.
    """
    found = _PLACE.match(reason)
    if not found:
        return f"The query has a syntax error: {reason}."
    line, column = int(found["line"]), int(found["column"])
    lines = query.splitlines()
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    where = f"near {rest[:_NEAR]!r}" if rest else "at the end of the line"
    phrase = _PHRASE.search(found["expected"])
    why = f" ({phrase[0]})" if phrase else ""
    return f"The query has a syntax error in line {line}, column {column}, {where}{why}."


def _run(
    command: list[str], asked: IO[bytes], complaints: IO[bytes], limits: Limits
) -> tuple[bytes, int, str]:
    """Output, exit status, and the limit at which the process was stopped, if it was."""
    stopped = ""
    with subprocess.Popen(
        command,
        stdin=asked,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    ) as process:
        overdue = threading.Event()

        def stop() -> None:
            overdue.set()
            process.kill()

        timer = threading.Timer(limits.seconds, stop)
        timer.start()
        if sys.platform != "linux":  # where the worker sets itself a limit
            bounds = (process, limits.memory)
            threading.Thread(target=kill_beyond, args=bounds, daemon=True).start()
        try:
            output = process.stdout.read(limits.answer + 1) if process.stdout else b""
            if len(output) > limits.answer:
                stopped = "size"
                process.kill()
            status = process.wait()
        finally:
            timer.cancel()
            process.kill()
    return output, status, "time" if overdue.is_set() else stopped


def kill_beyond(process: subprocess.Popen[bytes], memory: int) -> None:
    """Kill ``process`` once it holds more than ``memory`` bytes; return when it has ended."""
    with suppress(psutil.Error):
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            if watched.memory_info().rss > memory:
                process.kill()
            time.sleep(_LOOK_SECONDS)
