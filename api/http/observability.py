"""What an operator can see: spans, metrics, and a line in the log for each request.

Spans go through OpenTelemetry's API alone; unless the process has set up its SDK they cost next
to nothing. Metrics are counted for each application, so that two in one process do not mix.
"""

import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import ProxyTracerProvider, SpanKind
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

METRICS_TYPE = CONTENT_TYPE_LATEST

_LOG = logging.getLogger("newsgraph.access")
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_COSTS = (1, 10, 100, 1_000, 10_000, 100_000)
_OF_PAGES = """
    article articles claim claims compare countries country document documents graph organization
    organizations outlet outlets people person playground search statement statements
"""
_OF_DATA = """
    answer assets browser dataset export graphql health id metrics ontology question ready shapes
    sparql table
"""
_ROUTES = frozenset(("", *_OF_PAGES.split(), *_OF_DATA.split()))


def span(name: str, /, **attributes: Any) -> AbstractContextManager[Any]:
    """A span around a part of a request's work; nothing where no SDK is set up."""
    if isinstance(trace.get_tracer_provider(), ProxyTracerProvider):
        return nullcontext()
    return trace.get_tracer("newsgraph").start_as_current_span(name, attributes=attributes)


def request_span(
    method: str, route: str, headers: Mapping[str, str]
) -> AbstractContextManager[Any]:
    """The span of a whole request, below the caller's own where it sends ``traceparent``."""
    if isinstance(trace.get_tracer_provider(), ProxyTracerProvider):
        return nullcontext()
    return trace.get_tracer("newsgraph").start_as_current_span(
        f"{method} /{route}",
        context=extract(headers),
        kind=SpanKind.SERVER,
        attributes={"http.request.method": method, "http.route": f"/{route}"},
    )


def route_of(path: str) -> str:
    """The first part of a path where it is one of ours, else ``other``: few values for a label."""
    first = path.lstrip("/").partition("/")[0].partition(".")[0]
    first = first if first != "favicon" else "assets"
    return first if first in _ROUTES else "other"


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "newsgraph_http_requests",
            "Requests answered, by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "newsgraph_http_request_seconds",
            "Time from the start of a request to the end of its response.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._operations = Counter(
            "newsgraph_graphql_operations",
            "GraphQL operations by outcome: OK, or the code of the first error.",
            ("outcome",),
            registry=self.registry,
        )
        self.cost = Histogram(
            "newsgraph_graphql_cost",
            "Estimated cost of the operations that were executed.",
            buckets=_COSTS,
            registry=self.registry,
        )
        self.running = Gauge(
            "newsgraph_graphql_running",
            "GraphQL operations in progress.",
            registry=self.registry,
        )
        self.waiting = Gauge(
            "newsgraph_graphql_waiting",
            "GraphQL operations waiting for others to finish.",
            registry=self.registry,
        )
        self.database_up = Gauge(
            "newsgraph_database_up",
            "Whether the database responded to the last query.",
            registry=self.registry,
        )

    def request(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        known = method if method in ("GET", "HEAD", "OPTIONS", "POST") else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def operation(self, outcome: str) -> None:
        """Count a GraphQL operation by its outcome."""
        self._operations.labels(outcome).inc()

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)


def log_request(
    *, request_id: str, method: str, path: str, status: int, seconds: float, caller: str
) -> None:
    """Write a line for a request, without its query, its variables or its key."""
    if _LOG.isEnabledFor(logging.INFO):
        _LOG.info(
            "%s %s %s %d %.1fms%s",
            request_id,
            method,
            # A path may hold what would look like another line.
            path.encode("unicode_escape").decode("ascii")[:200],
            status,
            seconds * 1000,
            f" {caller}" if caller else "",
        )
