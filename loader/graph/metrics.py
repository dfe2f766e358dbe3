"""The figures of a load while it runs, for Prometheus."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from loader.graph.intake import Report

_HOST = "127.0.0.1"


class MetricsError(Exception):
    """Metrics cannot be served; the message says why and what to do."""


class LoadCollector(Collector):
    """Reads a report whenever somebody asks."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._began = time.time()

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they are now."""
        report = self._report
        yield GaugeMetricFamily(
            "newsgraph_load_start_time_seconds", "Time at which the load started.", self._began
        )
        for name, about, value in (
            ("pages", "Pages written.", report.pages),
            ("pages_known", "Pages that were already in the graph.", report.known),
            ("pages_replaced", "Pages that were replaced by a newer version.", report.replaced),
            ("articles", "Articles on the pages that were written.", report.articles),
            ("articles_new", "Articles that were new to the graph.", report.new_articles),
            ("statements", "Statements on the pages that were written.", report.statements),
        ):
            yield CounterMetricFamily(f"newsgraph_load_{name}", about, value)
        skipped = CounterMetricFamily(
            "newsgraph_load_pages_skipped", "Pages that were skipped.", labels=("reason",)
        )
        for reason, count in sorted(Counter(page.reason for page in report.skipped).items()):
            skipped.add_metric((reason,), count)
        yield skipped
        retries = CounterMetricFamily(
            "newsgraph_load_retries", "Transactions that were retried.", labels=("reason",)
        )
        retries.add_metric(("deadlock",), report.retries.deadlocks)
        retries.add_metric(("other",), report.retries.others)
        yield retries


@contextmanager
def served_metrics(report: Report, port: int | None) -> Iterator[int | None]:
    """Serve the figures of ``report`` on this machine's ``port`` (0 takes a free one).

    Yields the port; without one, nothing is served.

    Raises:
        MetricsError: the port is taken.
    """
    if port is None:
        yield None
        return
    registry = CollectorRegistry()
    registry.register(LoadCollector(report))
    ProcessCollector(registry=registry)
    try:
        server, thread = start_http_server(port, _HOST, registry)
    except OSError as error:
        raise MetricsError(
            f"Metrics cannot be served on port {port} ({error.strerror}); choose another port."
        ) from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
