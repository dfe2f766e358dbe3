"""Answers for code that waits for them: commands, exports, the Python API.

The engine is asynchronous, and a command has one question at a time: it is asked over the blocking
driver that the command has open anyway.
"""

from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from graphql import FieldNode, GraphQLError, GraphQLSchema
from neo4j import READ_ACCESS, Driver, GraphDatabase, NotificationMinimumSeverity, Query

from api.graphql.bolt import Answer
from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.derivation import load_catalog
from api.graphql.engine import Engine
from api.graphql.operation import Operation, prepare
from api.graphql.schema import create_schema, executable
from queries.database import Database

T = TypeVar("T")

ANY_LENGTH = 2**31 - 1
"""More than any list holds: GraphQL's largest number."""


class AnswerError(Exception):
    """A document cannot be run; the message says why."""


class Asker:
    """Runs GraphQL documents against a database.

    Args:
        database: what to ask; its owner keeps it open.
        base: where the IRIs of nodes begin.
        seconds: what the database has for one answer; None is its own default.
        max_first: the most a list may be asked for.
    """

    def __init__(
        self,
        database: Database,
        *,
        base: str,
        seconds: float | None = None,
        max_first: int = ANY_LENGTH,
    ) -> None:
        catalog, self._schema = schema()
        self._engine = Engine(
            None,
            self._schema,
            catalog,
            reader=_SessionReader(database.driver, database.name),
            database=database.name,
            base=base,
            max_first=max_first,
            timeout=seconds,
        )

    def prepare(self, text: str, name: str | None = None) -> Operation:
        """The operation ``name`` of the document ``text``; the only one, where none is named.

        Raises:
            AnswerError: the document is invalid.
        """
        try:
            return prepare(self._schema, text, name)
        except GraphQLError as error:
            raise AnswerError(error.message) from error

    def ask(self, operation: Operation, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of the answer.

        Raises:
            AnswerError: a variable does not fit, or a value in the graph does not.
            neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
        """
        result = _done(self._engine.execute(operation, variables))
        if result.errors or result.data is None:
            said = dict.fromkeys(error.message for error in result.errors or ())
            raise AnswerError(" ".join(said) or "the document has no answer")
        return result.data

    def pages(
        self, operation: Operation, variables: Mapping[str, Any], *, size: int
    ) -> Iterator[list[dict[str, Any]]]:
        """The nodes of the operation's list, page by page.

        Its only field is a connection that takes ``$first`` and ``$after``, and selects ``nodes``,
        and ``hasNextPage`` and ``endCursor`` of ``pageInfo``.

        Raises:
            AnswerError, neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: as :meth:`ask`.
        """
        after = None
        while True:
            data = self.ask(operation, {**variables, "first": size, "after": after})
            (connection,) = data.values()
            if connection["nodes"]:
                yield connection["nodes"]
            if not connection["pageInfo"]["hasNextPage"]:
                return
            after = connection["pageInfo"]["endCursor"]


def check_document(text: str) -> None:
    """Raise ``AnswerError`` if the document ``text`` is invalid."""
    try:
        prepare(schema()[1], text, None)
    except GraphQLError as error:
        raise AnswerError(error.message) from error


def list_name(operation: Operation) -> str:
    """The key under which an answer holds the operation's first field."""
    field = operation.node.selection_set.selections[0]
    if not isinstance(field, FieldNode):
        msg = "the operation's first selection is a fragment"
        raise TypeError(msg)
    return (field.alias or field.name).value


@cache
def schema() -> tuple[Catalog, GraphQLSchema]:
    """The catalog of the API and its schema, for engines."""
    catalog = load_catalog()
    return catalog, executable(create_schema(catalog))


@contextmanager
def apart(database: Database) -> Iterator[Database]:
    """``database`` over a driver of its own, which closing the other does not disturb."""
    off = NotificationMinimumSeverity.OFF
    with GraphDatabase.driver(
        database.uri, auth=database.auth, notifications_min_severity=off
    ) as driver:
        yield replace(database, driver=driver)


def _done(work: Coroutine[Any, Any, T]) -> T:
    """What ``work`` returns; it waits for nothing but calls that block.

    No event loop runs it: that would keep Ctrl-C back until the database has answered.
    """
    try:
        work.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    work.close()
    msg = "a coroutine over a blocking reader has suspended"
    raise RuntimeError(msg)


class _SessionReader:
    def __init__(self, driver: Driver, database: str) -> None:
        self._driver, self._database = driver, database

    async def run(
        self, statement: str, parameters: Mapping[str, Any], seconds: float | None = None
    ) -> Answer:
        with self._driver.session(
            database=self._database,
            default_access_mode=READ_ACCESS,
            fetch_size=-1,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        ) as session:
            # The text is of our compiler's making; callers' values are all parameters.
            record = session.run(Query(statement, timeout=seconds), dict(parameters)).single(
                strict=True
            )
            return Answer(values=list(record.values()), bookmark="")
