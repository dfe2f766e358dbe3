"""What stands at which address, how it answers, and what it does when something is wrong."""

import contextlib
import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j import READ_ACCESS, GraphDatabase, Query
from neo4j.exceptions import ClientError
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.http.auth import create_key
from api.http.errors import Code, as_api_error
from queries.database import Database

COUNT = "{articles {totalCount}}"
Serve = Callable[..., Any]


def code(response: httpx.Response) -> str:
    return str(response.json()["errors"][0]["extensions"]["code"])


def test_a_question_is_answered_from_the_graph(api: Any) -> None:
    response = api.ask("{experts(first: 2) {edges {node {name}}}}")
    assert response.status_code == 200
    assert len(response.json()["data"]["experts"]["edges"]) == 2


def test_health_readiness_and_figures(api: Any) -> None:
    api.ask(COUNT)
    assert api.client.get("/health").json() == {"status": "ok"}
    assert api.client.get("/ready").json() == {"status": "ready"}
    figures = api.client.get("/metrics").text
    assert 'newsgraph_http_requests_total{method="POST",route="graphql",status="200"}' in figures
    assert 'newsgraph_graphql_operations_total{outcome="OK"}' in figures
    assert "newsgraph_database_up 1.0" in figures


def test_an_unknown_address_is_a_404_in_json(api: Any) -> None:
    response = api.client.get("/nothing/here")
    assert response.status_code == 404
    assert code(response) == "NOT_FOUND"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(api: Any, method: str) -> None:
    response = api.client.request(method, "/graphql")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/health", "/nothing", "/ready"])
def test_every_answer_carries_an_id_and_forbids_what_data_does_not_need(
    api: Any, path: str
) -> None:
    headers = api.client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-request-id"]
    assert "server" not in headers


def test_a_callers_request_id_is_kept_if_it_is_harmless(api: Any) -> None:
    kept = api.client.get("/health", headers={"X-Request-ID": "abc-123"})
    assert kept.headers["x-request-id"] == "abc-123"
    for bad in ("a b", "x" * 65, "<script>"):
        given = api.client.get("/health", headers={"X-Request-ID": bad}).headers["x-request-id"]
        assert given != bad


def test_no_other_origin_is_let_in(api: Any) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    asked = api.client.options(
        "/graphql", headers={**origin, "Access-Control-Request-Method": "POST"}
    )
    answered = api.client.post("/graphql", json={"query": COUNT}, headers=origin)
    for response in (asked, answered):
        assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_what_a_form_on_another_site_can_send_is_refused(api: Any, content_type: str) -> None:
    response = api.client.post(
        "/graphql", content=json.dumps({"query": COUNT}), headers={"Content-Type": content_type}
    )
    assert response.status_code == 415


def test_a_get_is_answered_304_until_the_graph_changes(api: Any, news: Database) -> None:
    def get(tag: str = "") -> httpx.Response:
        found: httpx.Response = api.client.get(
            "/graphql", params={"query": COUNT}, headers={"If-None-Match": tag}
        )
        return found

    first = get()
    assert first.status_code == 200
    again = get(first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    with news.session() as session:
        session.run(
            "CREATE (:Page {id: 'page/new', name: 'new', mediaType: 'text/plain'})"
        ).consume()
    changed = get(first.headers["etag"])
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]
    other = api.client.get("/graphql", params={"query": "{people {totalCount}}"})
    assert other.headers["etag"] != changed.headers["etag"]


def test_head_is_get_without_a_body(api: Any) -> None:
    response = api.client.head("/graphql", params={"query": COUNT})
    assert response.status_code == 200
    assert response.content == b""
    assert int(response.headers["content-length"]) > 0


def test_a_browser_is_led_to_the_playground(api: Any) -> None:
    response = api.client.get("/graphql", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["location"]) == (303, "/playground")
    refused = api.client.post("/graphql", json={"query": COUNT}, headers={"Accept": "image/png"})
    assert refused.status_code == 406


def test_keys_are_asked_for_wherever_there_is_data(serve: Serve, tmp_path: Path) -> None:
    key = create_key(tmp_path / "keys", "a newsroom")
    api = serve(api_keys=tmp_path / "keys")
    for path in (
        "/graphql?query={__typename}",
        "/metrics",
        "/id/person/p1",
        "/export.ttl",
        "/",
        "/playground",
    ):
        response = api.client.get(path)
        assert (path, response.status_code) == (path, 401)
        assert code(response) == "UNAUTHENTICATED"
    assert api.client.get("/health").status_code == 200
    assert api.client.get("/ready").status_code == 200
    opened = api.client.post(
        "/graphql", json={"query": COUNT}, headers={"Authorization": f"Bearer {key}"}
    )
    assert opened.status_code == 200


def test_a_question_of_ones_own_appears_without_a_restart(serve: Serve, tmp_path: Path) -> None:
    api = serve(questions=tmp_path)
    names = [one["name"] for one in api.client.get("/playground/examples.json").json()]
    (tmp_path / "mine.graphql").write_text("# Mine?\n{ __typename }", encoding="utf-8")
    *built_in, mine = api.client.get("/playground/examples.json").json()
    assert [one["name"] for one in built_in] == names
    assert (mine["name"], mine["title"], mine["variables"]) == ("mine", "Mine?", None)
    assert api.client.get("/question/mine.csv").status_code != 404
    # One that cannot be used is told in the log; the others are there.
    (tmp_path / "mine.variables.json").write_text("{", encoding="utf-8")
    found = api.client.get("/playground/examples.json").json()
    assert [one["name"] for one in found] == names


def test_only_trusted_documents_are_run_where_that_is_asked_for(
    serve: Serve, tmp_path: Path
) -> None:
    (tmp_path / "count.graphql").write_text(COUNT, encoding="utf-8")
    api = serve(trusted_documents=tmp_path, trusted_only=True)
    digest = hashlib.sha256(COUNT.encode()).hexdigest()
    for known in (
        {"documentId": "count"},
        {"documentId": f"sha256:{digest}"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}},
        {"query": COUNT},
    ):
        assert api.client.post("/graphql", json=known).json()["data"]["articles"]["totalCount"] > 0
    assert api.client.post("/graphql", json={"query": "{people {totalCount}}"}).status_code == 403
    assert api.client.post("/graphql", json={"documentId": "other"}).status_code == 404
    assert api.client.get("/graphql", params={"documentId": "count"}).status_code == 200


def test_the_schema_is_told_only_where_it_may_be(api: Any, serve: Serve) -> None:
    asked = "{__schema {queryType {name}}}"
    assert api.ask(asked).json()["data"]["__schema"]["queryType"]["name"] == "Query"
    closed = serve(introspection=False)
    assert closed.ask(asked).status_code == 400
    assert closed.ask("{__typename}").status_code == 200
    # Nor by the suggestions in errors.
    assert "Did you mean" not in closed.ask("{articels {totalCount}}").text


def test_limits_can_be_changed(serve: Serve) -> None:
    api = serve(limits={"depth": 2})
    response = api.ask("{articles {nodes {id}}}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["maximum"] == 2


def test_a_database_that_goes_away_and_comes_back_is_survived(serve: Serve, news: Database) -> None:
    data = ("/export.ttl", "/id/citation/a1", "/dataset", "/sparql?query=ASK%7B%7D", "/graph", "/")
    with (
        Forwarder(news.uri) as forwarder,
        GraphDatabase.driver(forwarder.uri, auth=news.auth, connection_timeout=2) as owned,
    ):
        api = serve(replace(news, uri=forwarder.uri, driver=owned))
        assert api.ask(COUNT).status_code == 200
        forwarder.cut()
        started = time.perf_counter()
        refused = [api.ask(COUNT) for _ in range(5)]
        assert time.perf_counter() - started < 10
        assert [response.status_code for response in refused] == [503] * 5
        assert {code(response) for response in refused} == {"DATABASE_UNAVAILABLE"}
        assert all(int(response.headers["retry-after"]) > 0 for response in refused)
        assert api.client.get("/ready").status_code == 503
        assert api.client.get("/health").status_code == 200
        answers = [api.client.get(path) for path in data]
        assert [response.status_code for response in answers] == [503] * len(data)
        assert not any("bolt" in response.text for response in [*answers, *refused])
        forwarder.mend()
        deadline = time.monotonic() + 15
        while (response := api.ask(COUNT)).status_code != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert response.status_code == 200
        assert api.client.get("/ready").status_code == 200
        assert [api.client.get(path).status_code for path in data] == [200] * len(data)


def test_who_cannot_wait_is_sent_away(serve: Serve, news: Database) -> None:
    limits = {"running": 1, "waiting": 1, "waiting_seconds": 0.3}
    with Forwarder(news.uri, delay=0.5) as forwarder:
        api = serve(replace(news, uri=forwarder.uri), limits=limits)
        with ThreadPoolExecutor(6) as threads:
            answers = list(threads.map(lambda _: api.ask(COUNT), range(6)))
        sent_away = [answer for answer in answers if answer.status_code == 503]
        assert 0 < len(sent_away) < 6
        assert {code(answer) for answer in sent_away} == {"OVERLOADED"}
        assert all(answer.headers["retry-after"] for answer in sent_away)
        assert {answer.status_code for answer in answers} == {200, 503}


def test_a_query_that_takes_too_long_is_ended_and_told(news: Database) -> None:
    slow = Query(
        "UNWIND range(1, 2000000000) AS n WITH n WHERE n % 7 = 9 RETURN count(n)", timeout=1
    )
    with news.session() as session:
        result = session.run(slow)
        with pytest.raises(ClientError) as caught:
            result.consume()
    told = as_api_error(caught.value)
    assert told is not None
    assert (told.code, told.status) == (Code.QUERY_TIMEOUT, 504)
    assert "Neo" not in told.message


def test_the_database_refuses_to_write_in_the_apis_transactions(news: Database) -> None:
    with (
        news.driver.session(database=news.name, default_access_mode=READ_ACCESS) as session,
        pytest.raises(ClientError, match="read access mode"),
    ):
        session.run("CREATE (:Page {id: 'page/hacked'})").consume()


def test_what_runs_is_finished_when_the_server_stops(serve: Serve, news: Database) -> None:
    with Forwarder(news.uri, delay=1.0) as forwarder:
        api = serve(replace(news, uri=forwarder.uri))
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(api.ask(COUNT)))
        asking.start()
        time.sleep(0.5)
        api.server.should_exit = True
        asking.join(timeout=20)
        assert [answer.status_code for answer in answers] == [200]


def test_a_request_leaves_spans_of_itself_its_plan_and_the_database(
    api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    api.client.post("/graphql", json={"query": COUNT}, headers={"traceparent": parent})
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert {"POST /graphql", "graphql.plan", "graphql.database"} <= set(spans)
    assert {span.context.trace_id for span in spans.values()} == {
        0x0AF7651916CD43DD8448EB211C80319C
    }


class Forwarder:
    """A way to the database that can be cut and mended, or be slow."""

    def __init__(self, uri: str, *, delay: float = 0.0) -> None:
        host, _, port = uri.rpartition("//")[2].partition(":")
        self._target = (host, int(port))
        self._delay = delay
        self._open = True
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self.uri = f"bolt://127.0.0.1:{self._port}"

    def __enter__(self) -> "Forwarder":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self._listener.close()

    def cut(self) -> None:
        self._open = False
        for each in self._sockets:
            _close(each)
        self._sockets.clear()

    def mend(self) -> None:
        self._open = True

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._open:
                near.close()
                continue
            far = socket.create_connection(self._target)
            self._sockets += [near, far]
            threading.Thread(target=self._copy, args=(near, far, 0.0), daemon=True).start()
            threading.Thread(target=self._copy, args=(far, near, self._delay), daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket, delay: float) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                time.sleep(delay)
                target.sendall(data)
        for each in (source, target):
            _close(each)


def _close(opened: socket.socket) -> None:
    """Close a socket that may be closed already, also for the thread that waits on it."""
    with contextlib.suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
    opened.close()
