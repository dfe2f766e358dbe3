"""Commits that go wrong, each at its message: done again where that is right, and only there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from neo4j import GraphDatabase, ManagedTransaction, Session
from neo4j.exceptions import DatabaseError, IncompleteCommit

from loader.graph.retrying import Retries, counted_retries, execute_write
from queries.database import Database
from tests.loader.graph.cutting_proxy import CuttingProxy, Fault, Refusal, cutting_proxy

DEADLOCK = Refusal(code="Neo.TransientError.Transaction.DeadlockDetected")
FATAL = Refusal(
    code="Neo.DatabaseError.Transaction.TransactionCommitFailed", text="the log is full"
)


@contextmanager
def through_proxy(
    graph: Database, faults: Sequence[Fault | None]
) -> Iterator[tuple[CuttingProxy, Session]]:
    with (
        cutting_proxy(graph.uri, faults) as proxy,
        GraphDatabase.driver(proxy.uri, auth=graph.auth) as driver,
        driver.session(database=graph.name) as session,
    ):
        yield proxy, session


class Work:
    """A transaction's work that, unlike any of ours, tells each time that it was committed."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, tx: ManagedTransaction) -> int:
        self.calls += 1
        tx.run("CREATE (:Committed)").consume()
        return self.calls


def committed(graph: Database) -> int:
    with graph.session() as session:
        found = session.run("MATCH (n:Committed) RETURN count(n) AS n").single(strict=True)
    return int(found["n"])


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        pytest.param("before", 1, id="lost before it arrived"),
        pytest.param("during", 2, id="done, and the answer lost: done twice, so it must merge"),
        pytest.param(DEADLOCK, 1, id="refused for now"),
    ],
)
def test_a_commit_that_may_be_missing_is_done_again(
    graph: Database, fault: Fault, stored: int
) -> None:
    work, retries = Work(), Retries()
    with through_proxy(graph, [fault]) as (proxy, session), counted_retries(retries):
        assert execute_write(session, work) == 2
    assert proxy.made == [fault]
    assert committed(graph) == stored
    refused = fault is DEADLOCK
    assert retries == Retries(deadlocks=int(refused), others=int(not refused))


def test_a_connection_lost_after_a_commit_was_acknowledged_repeats_nothing(graph: Database) -> None:
    first, second = Work(), Work()
    with through_proxy(graph, ["after"]) as (proxy, session):
        assert execute_write(session, first) == 1
        execute_write(session, second)
    assert proxy.made == ["after"]
    assert first.calls == 1
    assert committed(graph) == 2


def test_a_commit_that_is_refused_for_good_is_not_done_again(graph: Database) -> None:
    work = Work()
    with through_proxy(graph, [FATAL]) as (proxy, session):
        with pytest.raises(DatabaseError, match=FATAL.text):
            execute_write(session, work)
        assert work.calls == 1
        assert committed(graph) == 0
        execute_write(session, work)
    assert proxy.made == [FATAL]
    assert committed(graph) == 1


def test_a_connection_that_is_lost_at_every_commit_ends_the_work(graph: Database) -> None:
    work = Work()
    with (
        through_proxy(graph, ["before"] * 100) as (_, session),
        pytest.raises(IncompleteCommit),
    ):
        execute_write(session, work)
    assert 1 < work.calls < 10
    assert committed(graph) == 0
