"""Run a GraphQL document against the graph and wait for the answer."""

import asyncio
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graphql import ExecutionResult, GraphQLError, GraphQLSchema
from neo4j.exceptions import DriverError, Neo4jError

from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.derivation import load_catalog
from api.graphql.engine import Engine
from api.graphql.operation import Operation, prepare
from api.graphql.schema import create_schema, executable
from api.graphql.service import open_driver
from api.http.options import options_of
from queries.database import Database, explain
from queries.settings import Settings

LISTS = Path(__file__).parents[1] / "queries" / "lists"
_PAGE = 1_000


class AnswerError(Exception):
    """A document cannot be run; the message says why."""


def answer(
    settings: Settings,
    database: Database,
    text: str,
    variables: Mapping[str, Any],
    *,
    whole: bool = False,
    most: int = 0,
) -> dict[str, Any]:
    """Return the data with which the graph answers the GraphQL document ``text``.

    Do not call it in a thread that runs an event loop.

    Args:
        settings: The settings.
        database: The database to query.
        text: The document.
        variables: Its variables.
        whole: Whether to fetch every page of its list. The document's only field must then be a
            connection that takes ``$first`` and ``$after`` and selects ``nodes`` and ``pageInfo``.
        most: How many items a list may be asked for, if more than by the settings.

    Raises:
        AnswerError: the document or a variable is invalid.
        DatabaseError: the database fails.
    """
    try:
        result = asyncio.run(_answer(settings, database, text, variables, whole=whole, most=most))
    except GraphQLError as error:
        raise AnswerError(error.message) from error
    except (Neo4jError, DriverError) as error:
        (user, _), name = database.auth, database.name
        raise explain(error, uri=database.uri, user=user, database=name) from error
    if result.errors or result.data is None:
        said = dict.fromkeys(error.message for error in result.errors or ())
        raise AnswerError(" ".join(said) or "the document has no answer")
    return result.data


def read_list(name: str) -> str:
    """Return the document in ``queries/lists`` that lists every ``name``."""
    return (LISTS / f"{name}.graphql").read_text(encoding="utf-8")


async def _answer(
    settings: Settings,
    database: Database,
    text: str,
    variables: Mapping[str, Any],
    *,
    whole: bool,
    most: int,
) -> ExecutionResult:
    limits = options_of(settings).limits
    catalog, schema = _schema()
    operation = prepare(schema, text)
    async with open_driver(database, limits) as driver:
        engine = Engine(
            driver,
            schema,
            catalog,
            database=database.name,
            base=settings.base,
            max_first=max(limits.list_size, most, _PAGE if whole else 0),
            timeout=limits.query_seconds,
        )
        if whole:
            return await _whole(engine, operation, variables)
        return await engine.execute(operation, variables)


async def _whole(
    engine: Engine, operation: Operation, variables: Mapping[str, Any]
) -> ExecutionResult:
    nodes: list[Any] = []
    after = None
    while True:
        page = {**variables, "first": _PAGE, "after": after}
        result = await engine.execute(operation, page)
        if result.errors or result.data is None:
            return result
        ((field, connection),) = result.data.items()
        nodes += connection["nodes"]
        if not connection["pageInfo"]["hasNextPage"]:
            return ExecutionResult(data={field: {"nodes": nodes}}, errors=None)
        after = connection["pageInfo"]["endCursor"]


@cache
def _schema() -> tuple[Catalog, GraphQLSchema]:
    catalog = load_catalog()
    return catalog, executable(create_schema(catalog))
