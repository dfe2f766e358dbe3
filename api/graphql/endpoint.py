"""GraphQL over HTTP: one ASGI application for ``/graphql``.

By the GraphQL-over-HTTP specification, with these choices where it leaves one: no batches, no
mutations, so that GET is safe; GET carries an ``ETag`` of the graph's version and answers 304;
a client that accepts only ``application/json`` gets 200 for a request that is well-formed but
refused, any other the true status.
"""

import hashlib
import logging
from collections import OrderedDict
from typing import Any, TypeVar

import orjson
from graphql import ExecutionResult
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from api.graphql.documents import AllowedOperation
from api.graphql.operation import Operation
from api.graphql.request import (
    RESPONSE_TYPE,
    Parameters,
    answer_type,
    from_address,
    from_body,
    is_json,
)
from api.graphql.running import Runner
from api.http.errors import ApiError, Code, formatted
from api.http.limits import Limits
from api.http.observability import Metrics
from api.http.receiving import read_body
from api.http.replies import JSON_TYPE, Reply, dumps, refusal
from queries.counts import counted

_LOG = logging.getLogger(__name__)
T = TypeVar("T")

_METHODS = "GET, HEAD, OPTIONS, POST"
_GRACE_SECONDS = 5.0
_KEPT_SCHEMAS = 16
_KEPT_SCHEMA_LENGTH = 2_000_000


class GraphQLEndpoint:
    """Answers GraphQL requests."""

    def __init__(
        self,
        *,
        runner: Runner,
        limits: Limits,
        metrics: Metrics,
        playground: str | None = None,
    ) -> None:
        self._runner = runner
        self._limits = limits
        self._metrics = metrics
        self._playground = playground
        self._schemas: OrderedDict[tuple[str, str | None, bytes], bytes] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)
        accepted = answer_type(headers.get("accept", ""))
        try:
            reply = await self._reply(scope, receive, headers, accepted)
        except ApiError as error:
            self._metrics.operation(error.code)
            reply = refusal(error, accepted or JSON_TYPE)
        await reply.send(scope, send)

    async def _reply(
        self, scope: Scope, receive: Receive, headers: Headers, accepted: str | None
    ) -> Reply:
        method = scope["method"]
        if method == "OPTIONS":
            return Reply(status=204, headers={"Allow": _METHODS})
        if method not in ("GET", "HEAD", "POST"):
            raise ApiError(
                f"{method} is not supported at this URL; use POST or GET.",
                code=Code.METHOD_NOT_ALLOWED,
                status=405,
                headers={"Allow": _METHODS},
            )
        if accepted is None:
            return self._unacceptable(scope, headers)
        if method == "POST":
            parameters = await self._from_body(receive, headers)
            return await self._answer(parameters, accepted, scope)
        query_string = scope["query_string"]
        if len(query_string) > self._limits.head_bytes:
            raise ApiError(
                f"The URL is longer than {counted(self._limits.head_bytes, 'byte')}; use POST.",
                code=Code.PAYLOAD_TOO_LARGE,
                status=414,
            )
        parameters = from_address(query_string)
        return await self._answer_get(parameters, accepted, scope, headers)

    def _unacceptable(self, scope: Scope, headers: Headers) -> Reply:
        if self._playground and scope["method"] != "POST" and "html" in headers.get("accept", ""):
            return Reply(
                status=303, headers={"Location": scope.get("root_path", "") + self._playground}
            )
        raise ApiError(
            f"Responses are {RESPONSE_TYPE} or {JSON_TYPE}; accept one of them.",
            code=Code.NOT_ACCEPTABLE,
            status=406,
        )

    async def _from_body(self, receive: Receive, headers: Headers) -> Parameters:
        if not is_json(headers.get("content-type", "")):
            raise ApiError(
                f"The body must be JSON, with the header 'Content-Type: {JSON_TYPE}'.",
                code=Code.UNSUPPORTED_MEDIA_TYPE,
                status=415,
            )
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise ApiError(
                "Compressed bodies are not supported; send the body uncompressed.",
                code=Code.UNSUPPORTED_MEDIA_TYPE,
                status=415,
            )
        return from_body(await read_body(receive, headers, self._limits))

    async def _answer_get(
        self, parameters: Parameters, accepted: str, scope: Scope, headers: Headers
    ) -> Reply:
        operation = self._operation(parameters)
        version = await self._runner.version()
        # Taken before the answer is: an answer may be newer than its tag, never older.
        tag = _tag(version, operation, parameters, accepted)
        caching = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
        if _matches(headers.get("if-none-match", ""), tag):
            return Reply(status=304, headers=caching)
        reply = await self._run(operation, parameters, accepted, scope)
        return reply.with_headers(caching) if reply.status == 200 else reply

    async def _answer(self, parameters: Parameters, accepted: str, scope: Scope) -> Reply:
        operation = self._operation(parameters)
        return await self._run(operation, parameters, accepted, scope)

    def _operation(self, parameters: Parameters) -> AllowedOperation:
        return self._runner.operation(
            parameters.query,
            parameters.variables,
            document_id=parameters.document_id,
            name=parameters.operation,
        )

    async def _run(
        self, operation: AllowedOperation, parameters: Parameters, accepted: str, scope: Scope
    ) -> Reply:
        if not operation.introspective:
            result = await self._runner.execute(operation, parameters.variables)
            return self._shown(result, accepted, scope)
        key = (operation.text, parameters.operation, orjson.dumps(parameters.variables))
        known = self._schemas.get(key)
        if known is not None:
            self._metrics.operation("OK")
            return Reply(status=200, body=known, media_type=accepted)
        result = await self._runner.introspect(operation, parameters.variables)
        reply = self._shown(result, accepted, scope)
        if not result.errors and len(reply.body) + len(operation.text) <= _KEPT_SCHEMA_LENGTH:
            self._schemas[key] = reply.body
            if len(self._schemas) > _KEPT_SCHEMAS:
                self._schemas.popitem(last=False)
        return reply

    def _shown(self, result: ExecutionResult, accepted: str, scope: Scope) -> Reply:
        if not result.errors:
            self._metrics.operation("OK")
            return Reply(status=200, body=dumps({"data": result.data}), media_type=accepted)
        request_id = scope.get("state", {}).get("request_id", "")
        errors = [formatted(error, request_id) for error in result.errors]
        self._metrics.operation(errors[0]["extensions"]["code"])
        answer: dict[str, Any] = {"errors": errors}
        status = 200
        if result.data is None and not any(error.path for error in result.errors):
            # A request error: nothing was run, and the answer has no data, not even null.
            status = 400 if accepted == RESPONSE_TYPE else 200
        else:
            answer["data"] = result.data
        return Reply(status=status, body=dumps(answer), media_type=accepted)


def _tag(version: str, operation: Operation, parameters: Parameters, accepted: str) -> str:
    """An entity tag: the same for the same question in the same form to the same graph."""
    variables = orjson.dumps(parameters.variables, option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256()
    for part in (version, operation.text, parameters.operation or "", accepted):
        digest.update(f"{len(part)}:{part}".encode())
    digest.update(variables)
    return f'W/"{digest.hexdigest()[:32]}"'


def _matches(given: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names the tag, by weak comparison (RFC 9110, section 8.8.3.2)."""
    return given.strip() == "*" or tag.removeprefix("W/") in (
        part.strip().removeprefix("W/") for part in given.split(",")
    )
