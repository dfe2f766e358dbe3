"""Run a transaction to its end, also where the network hides whether it was committed."""

import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from neo4j import ManagedTransaction, Session
from neo4j.exceptions import IncompleteCommit

LOGGER = logging.getLogger(__name__)

_TRIES = 5

P = ParamSpec("P")
T = TypeVar("T")


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
    for _ in range(_TRIES - 1):
        try:
            return session.execute_write(work, *args, **kwargs)
        except IncompleteCommit:
            LOGGER.warning("the connection was lost during a commit; writing the batch again")
    return session.execute_write(work, *args, **kwargs)
