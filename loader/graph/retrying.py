"""Run a transaction to its end, also where the network hides whether it was committed, or alone."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from neo4j import ManagedTransaction, Session
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

from ontology.iris import DATASET_ID
from queries import cypher

LOGGER = logging.getLogger(__name__)

_TRIES = 5

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Retries:
    """How often transactions were done again: because of deadlocks, and for other reasons."""

    deadlocks: int = 0
    others: int = 0


_COUNTED: ContextVar[Retries | None] = ContextVar("counted_retries", default=None)


@contextmanager
def counted_retries(retries: Retries) -> Iterator[None]:
    """Count into ``retries`` what is done again inside the block."""
    token = _COUNTED.set(retries)
    try:
        yield
    finally:
        _COUNTED.reset(token)


def execute_write(
    session: Session,
    work: Callable[Concatenate[ManagedTransaction, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Do ``work``, which done twice must be as done once, in a transaction of ``session``.

    The driver tries again what failed before its commit, deadlocks and a server that restarts
    included. A connection lost *during* a commit it reports as ``IncompleteCommit``: nobody knows
    whether it happened, so only work like ours may be done again.

    Raises:
        neo4j.exceptions.DriverError: the connection stays lost.
        neo4j.exceptions.Neo4jError: the database refuses.
    """
    tries = counted = 0

    def tried(tx: ManagedTransaction) -> T:
        nonlocal tries, counted
        if tries > counted:
            counted += 1
            _count(None)
        tries += 1
        try:
            return work(tx, *args, **kwargs)
        except (DriverError, Neo4jError) as error:
            if error.is_retryable():
                counted += 1
                _count(error)
            raise

    for _ in range(_TRIES - 1):
        try:
            return session.execute_write(tried)
        except IncompleteCommit:
            LOGGER.warning("the connection was lost during a commit; writing the batch again")
    return session.execute_write(tried)


def lock_dataset(tx: ManagedTransaction) -> None:
    """Wait until nobody else compares or corrects names or claims; keep others off in ``tx``."""
    tx.run(cypher("write/lock_dataset"), id=DATASET_ID).consume()


def _count(error: DriverError | Neo4jError | None) -> None:
    """Count a try that ended in ``error``, or in its commit if there is none to be seen."""
    retries = _COUNTED.get() or Retries()
    code = (error.code if isinstance(error, Neo4jError) else "") or ""
    if code.endswith("DeadlockDetected"):
        retries.deadlocks += 1
    else:
        retries.others += 1
    said = code or (type(error).__name__ if error else "its commit failed")
    LOGGER.info("retrying a transaction: %s", said)
