"""Run a transaction to its end, also where the network hides whether it was committed, or alone."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar, cast

from neo4j import ManagedTransaction, Session
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

from ontology.iris import DATASET_ID
from queries import cypher
from queries.database import is_lost

LOGGER = logging.getLogger(__name__)

PATIENCE_SECONDS = 30.0
"""How long what may pass is tried again."""
_TRIES = 5
_FIRST_DELAY_SECONDS = 0.5
_LAST_DELAY_SECONDS = 4.0

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Retries:
    """How often transactions were done again: because of deadlocks, and for other reasons."""

    deadlocks: int = 0
    others: int = 0


_COUNTED: ContextVar[Retries | None] = ContextVar("counted_retries", default=None)
_LIVES: ContextVar[Callable[[], bool] | None] = ContextVar("server_lives", default=None)


@contextmanager
def while_it_lives(lives: Callable[[], bool] | None) -> Iterator[None]:
    """Inside the block, try nothing again once ``lives`` says that the server's process ended."""
    token = _LIVES.set(lives)
    try:
        yield
    finally:
        _LIVES.reset(token)


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

    What fails in a way that may pass, deadlocks and a server that restarts included, is tried again
    for half a minute, unless the server is known to be gone. A connection lost *during* a commit is
    reported as ``IncompleteCommit``: nobody knows whether it happened, so only work like ours may
    be done again.

    Raises:
        neo4j.exceptions.DriverError: the connection stays lost.
        neo4j.exceptions.Neo4jError: the database refuses.
    """
    began, lost, delay = time.monotonic(), 0, _FIRST_DELAY_SECONDS
    while True:
        try:
            with session.begin_transaction() as tx:
                result = work(cast(ManagedTransaction, tx), *args, **kwargs)
                tx.commit()
                return result
        except IncompleteCommit as error:
            LOGGER.warning("the connection was lost during a commit; writing the batch again")
            lost += 1
            if lost == _TRIES:
                raise
            _count(error)
            began, delay = time.monotonic(), _FIRST_DELAY_SECONDS
        except (DriverError, Neo4jError) as error:
            late = time.monotonic() - began > PATIENCE_SECONDS
            if not error.is_retryable() or late or (is_lost(error) and _is_gone()):
                raise
            if is_lost(error) and delay == _FIRST_DELAY_SECONDS:
                LOGGER.warning(
                    "the database does not respond; trying again for %.0f seconds", PATIENCE_SECONDS
                )
            _count(error)
            time.sleep(delay * random.uniform(0.8, 1.2))  # noqa: S311 - others wait otherwise
            delay = min(2 * delay, _LAST_DELAY_SECONDS)


def lock_dataset(tx: ManagedTransaction) -> None:
    """Wait until nobody else compares or corrects names or claims; keep others off in ``tx``."""
    tx.run(cypher("write/lock_dataset"), id=DATASET_ID).consume()


def _is_gone() -> bool:
    lives = _LIVES.get()
    return lives is not None and not lives()


def _count(error: DriverError | Neo4jError) -> None:
    """Count a try that ended in ``error``."""
    retries = _COUNTED.get() or Retries()
    code = (error.code if isinstance(error, Neo4jError) else "") or ""
    if code.endswith("DeadlockDetected"):
        retries.deadlocks += 1
    else:
        retries.others += 1
    LOGGER.info("retrying a transaction: %s", code or type(error).__name__)
