"""Running GraphQL operations for whoever asks, the endpoint and the pages, in one queue."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from graphql import ExecutionResult

from api.graphql.documents import AllowedOperation, Documents
from api.graphql.limits import check_variables
from api.graphql.operation import Operation
from api.http.admission import Admission
from api.http.availability import Availability
from api.http.errors import Code, as_api_error
from api.http.limits import Limits
from api.http.observability import Metrics, span

_LOG = logging.getLogger(__name__)
_GRACE_SECONDS = 5.0
T = TypeVar("T")


class Engine(Protocol):
    """Runs an operation that may be run."""

    async def execute(self, operation: Operation, variables: dict[str, Any]) -> ExecutionResult:
        """The answer; an error of the database may be raised or be among its errors."""

    async def version(self) -> str:
        """A text that changes whenever the graph does, and when the schema does."""


class Runner:
    """Checks operations against the limits, and runs them in their turn.

    Args:
        engine: runs what may be run.
        documents: prepares documents and keeps them.
        limits: those of every request.
        metrics: where figures are told.
        availability: knows whether the database answers.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        documents: Documents,
        limits: Limits,
        metrics: Metrics,
        availability: Availability,
    ) -> None:
        self._engine = engine
        self._documents = documents
        self._limits = limits
        self._metrics = metrics
        self._availability = availability
        self._admission = Admission(limits, metrics)

    def operation(
        self,
        query: str | None,
        variables: dict[str, Any],
        *,
        document_id: str | None = None,
        name: str | None = None,
    ) -> AllowedOperation:
        """The operation to run with ``variables``.

        Raises:
            ApiError: it cannot be run, or would take more than it may.
        """
        with span("graphql.plan"):
            operation = self._documents.operation(query, document_id, name)
            check_variables(variables, self._limits)
            self._metrics.cost.observe(operation.assessment.check(variables).cost)
            return operation

    async def execute(self, operation: Operation, variables: dict[str, Any]) -> ExecutionResult:
        """The answer to an operation, when its turn comes.

        Raises:
            ApiError: the database is away or too slow.
        """

        async def once() -> ExecutionResult:
            return _raised(await self._engine.execute(operation, variables))

        return await self._from_database(once)

    async def introspect(self, operation: Operation, variables: dict[str, Any]) -> ExecutionResult:
        """The answer to an operation that asks for the schema alone, which needs no turn."""
        return await self._engine.execute(operation, variables)

    async def version(self) -> str:
        """A text that changes whenever the graph does, and when the schema does.

        Raises:
            ApiError: the database is away or too slow.
        """
        return await self._from_database(self._engine.version)

    async def _from_database(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call, twice where the first connection is one to a server gone by.

        Raises:
            ApiError: the database is away or too slow.
        """
        async with self._admission.turn():
            with self._availability.attempt():
                async with asyncio.timeout(self._limits.query_seconds + _GRACE_SECONDS):
                    try:
                        return await call()
                    except Exception as error:
                        known = as_api_error(error)
                        if known is None or known.code is not Code.DATABASE_UNAVAILABLE:
                            raise
                        return await call()


def _raised(result: ExecutionResult) -> ExecutionResult:
    """The result, unless the database failed: then nothing in it is worth sending."""
    for error in result.errors or ():
        known = as_api_error(error)
        if known is not None and known.status >= 500:
            raise known from error
        if known is None and error.original_error is not None:
            _LOG.error("an operation failed", exc_info=error.original_error)
    return result
