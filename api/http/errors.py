"""Errors as a caller sees them: a code, a sentence, and nothing of the inside.

Whatever leaves the API goes through :class:`ApiError`. Cypher, stack traces, addresses and
credentials stay in the log, where the request's id finds them.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from graphql import GraphQLError
from neo4j import exceptions as neo4j

from queries.counts import LARGEST

RETRY_SECONDS = 2

# A server that is down, starting, stopping or refuses our credentials (an operator's mistake):
# to the caller all of them are a database that is away.
_AWAY = (
    neo4j.ServiceUnavailable,
    neo4j.SessionExpired,
    neo4j.ConnectionPoolError,
    neo4j.TransientError,
    neo4j.AuthError,
)


class Code(StrEnum):
    """What went wrong, as ``extensions.code``: for programs, so that messages may change."""

    BAD_REQUEST = "BAD_REQUEST"
    PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    DOCUMENT_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    NOT_FOUND = "NOT_FOUND"
    CROSS_SITE = "CROSS_SITE_REQUEST"
    MISDIRECTED = "MISDIRECTED_REQUEST"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
    OVERLOADED = "OVERLOADED"
    DATABASE_UNAVAILABLE = "DATABASE_UNAVAILABLE"
    QUERY_TIMEOUT = "QUERY_TIMEOUT"
    INTERNAL = "INTERNAL_SERVER_ERROR"


class ApiError(Exception):
    """A request that is not answered: what happened, to which thing, and what to do.

    Attributes:
        status: the HTTP status for a request that fails as a whole.
        well_formed: whether the request was a well-formed GraphQL request. Such a request is
            answered with 200 to a client that accepts only ``application/json`` (GraphQL over
            HTTP, section 6.4.1).
        headers: HTTP headers to send along, such as ``Retry-After``.
    """

    def __init__(
        self,
        message: str,
        *,
        code: Code = Code.BAD_REQUEST,
        status: int = 400,
        well_formed: bool = False,
        extensions: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        path: Iterable[str | int] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.well_formed = well_formed
        self.extensions = {"code": str(code), **(extensions or {})}
        self.headers = dict(headers or {})
        self.path = list(path) if path is not None else None

    def formatted(self) -> list[dict[str, Any]]:
        """The entries of ``errors`` in the answer."""
        entry: dict[str, Any] = {"message": self.message, "extensions": self.extensions}
        if self.path is not None:
            entry["path"] = self.path
        return [entry]


class LimitError(ApiError):
    """A request that would take more than it may; names the field, the figure and the limit."""

    def __init__(
        self, message: str, *, limit: str, value: float, maximum: float, field: str | None = None
    ) -> None:
        # Exponential attacks make integers longer than JSON's readers take.
        extensions: dict[str, Any] = {
            "limit": limit,
            "value": min(value, LARGEST),
            "maximum": maximum,
        }
        if field is not None:
            extensions["field"] = field
        super().__init__(message, code=Code.LIMIT_EXCEEDED, well_formed=True, extensions=extensions)


class DocumentError(ApiError):
    """A document that does not parse or validate: graphql-core's own errors, with a code."""

    def __init__(self, errors: Iterable[GraphQLError], *, code: Code) -> None:
        self.errors = list(errors)
        super().__init__(self.errors[0].message, code=code, well_formed=True)

    def formatted(self) -> list[dict[str, Any]]:
        """Every error with its locations."""
        return [_with_code(error, self.code) for error in self.errors]


def database_unavailable() -> ApiError:
    """The database does not answer now; the same request may be sent again."""
    return ApiError(
        "The database is not available at the moment; try again in a few seconds.",
        code=Code.DATABASE_UNAVAILABLE,
        status=503,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def overloaded() -> ApiError:
    """More requests are running and waiting than the server takes on."""
    return ApiError(
        "The server is busy with other requests; try again in a few seconds.",
        code=Code.OVERLOADED,
        status=503,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def query_timeout() -> ApiError:
    """The database took longer, or more memory, than one request may."""
    return ApiError(
        "The query took more time or memory than the server allows; request fewer items or "
        "levels, or filter by id.",
        code=Code.QUERY_TIMEOUT,
        status=504,
    )


def internal(request_id: str) -> ApiError:
    """A fault of ours. The id finds the stack trace in the log."""
    return ApiError(
        f"Internal error. The server log shows the cause under the request id {request_id}.",
        code=Code.INTERNAL,
        status=500,
    )


def as_api_error(error: BaseException) -> ApiError | None:
    """What a failure means to the caller; None where it is a fault of ours.

    Looks through the ``original_error`` of a GraphQLError and the causes of an exception, since
    graphql-core wraps what an execution raises.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ApiError):
            return seen
        if isinstance(seen, neo4j.Neo4jError | neo4j.DriverError):
            return _from_database(seen)
        if isinstance(seen, TimeoutError):
            return query_timeout()
        original = getattr(seen, "original_error", None)
        seen = original if isinstance(original, BaseException) else seen.__cause__
    return None


def formatted(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """An error of an execution as an entry of ``errors``: internals masked, places kept."""
    known = as_api_error(error)
    if known is not None:
        entry = {**known.formatted()[0]}
    elif error.original_error is None or "code" in (error.extensions or {}):
        return _with_code(error, Code.BAD_USER_INPUT)
    else:
        entry = internal(request_id).formatted()[0]
    if error.locations:
        entry["locations"] = [place.formatted for place in error.locations]
    if error.path is not None:
        entry["path"] = error.path
    return entry


def _with_code(error: GraphQLError, code: Code) -> dict[str, Any]:
    entry: dict[str, Any] = {**error.formatted}
    entry["extensions"] = {"code": str(code), **(error.extensions or {})}
    return entry


def _from_database(error: neo4j.Neo4jError | neo4j.DriverError) -> ApiError | None:
    code = getattr(error, "code", None) or ""
    if "TransactionTimedOut" in code or "OutOfMemory" in code:
        return query_timeout()
    if isinstance(error, _AWAY) or "DatabaseNotFound" in code:
        return database_unavailable()
    return None
