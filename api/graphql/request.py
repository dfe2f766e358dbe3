"""What a GraphQL request says over HTTP: media types, and the parameters in a body or an address.

By the GraphQL-over-HTTP specification (draft of 2025): sections 5 (request) and 6 (response).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import orjson

from api.http.errors import ApiError
from api.http.replies import JSON_TYPE
from queries.counts import counted

RESPONSE_TYPE = "application/graphql-response+json"

_ANSWERS = {
    RESPONSE_TYPE: RESPONSE_TYPE,
    JSON_TYPE: JSON_TYPE,
    # Until every client knows the newer type, a wildcard means the older one (section 6.1).
    "application/*": JSON_TYPE,
    "*/*": JSON_TYPE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One request: a document, or the name of one the server knows, and what to run it with."""

    query: str | None
    document_id: str | None
    operation: str | None
    variables: dict[str, Any]


@lru_cache(maxsize=256)
def answer_type(accept: str) -> str | None:
    """The media type to answer in, from the ``Accept`` header; None where none will do.

    The highest quality wins; of equals the newer type, then the one named first.
    """
    best: tuple[float, bool] = (0.0, False)
    chosen = None
    for part in accept.split(",") if accept.strip() else ("*/*",):
        name, *options = (piece.strip().lower() for piece in part.split(";"))
        media_type = _ANSWERS.get(name)
        rank = (_quality(options), media_type == RESPONSE_TYPE)
        if media_type and rank[0] > 0 and rank > best:
            best, chosen = rank, media_type
    return chosen


def _quality(options: list[str]) -> float:
    for option in options:
        key, _, value = option.partition("=")
        if key.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
        if key.strip() == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            return 0.0
    return 1.0


@lru_cache(maxsize=256)
def is_json(content_type: str) -> bool:
    """Whether a body of this type is JSON in UTF-8.

    Anything else is refused, also because a browser sends ``application/json`` to another site
    only after asking it (CORS), and forms and plain text without.
    """
    name, *options = (piece.strip().lower() for piece in content_type.split(";"))
    return name == JSON_TYPE and _quality(options) > 0


def from_body(body: bytes) -> Parameters:
    """The parameters in a POST's body.

    Raises:
        ApiError: it is no JSON object with a document and parameters of the right types.
    """
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        message = f"The body is not JSON in UTF-8: {error}."
        raise ApiError(message) from error
    if isinstance(given, list):
        raise ApiError("Batches are not supported; send one operation per request.")
    if not isinstance(given, dict):
        raise ApiError('The body must be a JSON object: {"query": "…"}.')
    return _parameters(given)


def from_address(query_string: bytes) -> Parameters:
    """The parameters in a GET's query string; variables and extensions are JSON in it.

    Raises:
        ApiError: one stands there twice, or is of the wrong type, or there is no document.
    """
    try:
        pairs = parse_qs(
            query_string.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=20,
        )
    except ValueError as error:  # too many fields, or no UTF-8
        raise ApiError(f"The URL is malformed: {error}.") from error
    given: dict[str, Any] = {}
    for name, values in pairs.items():
        if len(values) > 1:
            raise ApiError(f"'{name}' occurs {counted(len(values), 'time')}; send it once.")
        given[name] = values[0]
        if name in ("variables", "extensions"):
            try:
                given[name] = orjson.loads(values[0]) if values[0] else None
            except orjson.JSONDecodeError as error:
                raise ApiError(f"'{name}' is not JSON: {error}.") from error
    return _parameters(given)


def _parameters(given: dict[str, Any]) -> Parameters:
    query = _checked(given, "query", str)
    document_id = _checked(given, "documentId", str)
    operation = _checked(given, "operationName", str)
    variables = _checked(given, "variables", dict)
    extensions = _checked(given, "extensions", dict)
    persisted = (extensions or {}).get("persistedQuery")
    if document_id is None and isinstance(persisted, dict):
        digest = persisted.get("sha256Hash")
        document_id = f"sha256:{digest}" if isinstance(digest, str) else None
    if query is None and document_id is None:
        raise ApiError("The document is missing; send it as 'query'.")
    return Parameters(
        query=query,
        document_id=document_id,
        operation=operation or None,
        variables=variables or {},
    )


def _checked(given: dict[str, Any], name: str, kind: type) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        what = "a string" if kind is str else "an object"
        raise ApiError(f"'{name}' must be {what} or null.")
    return value
