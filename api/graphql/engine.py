"""Answer GraphQL operations: coerce by graphql-core, compile, run one statement, shape.

Each operation is one Cypher statement in one read transaction; where an id is given by a name, one
more before it looks the names up. Plans are kept with the operation, so that a question asked
again, with whatever values, costs a look-up, the database's work, and one pass over its record.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from graphql import ExecutionResult, GraphQLError, GraphQLSchema, execute_sync
from graphql.execution.values import VariableValues, get_variable_values
from neo4j import READ_ACCESS, AsyncDriver, NotificationMinimumSeverity, Query

from api.graphql.bolt import Answer
from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.compilation import Compiled, compile_operation
from api.graphql.compiler.identifiers import Identifiers, Named, names_in, with_ids
from api.graphql.compiler.parameters import ArgumentError, bind, symbolic
from api.graphql.compiler.shaper import IncompleteError
from api.graphql.naming import chosen, lookup
from api.graphql.operation import Operation
from api.http.observability import span
from ontology.iris import DEFAULT_BASE
from queries import cypher


class Reader(Protocol):
    """Runs reading statements of one record."""

    async def run(
        self, statement: str, parameters: Mapping[str, Any], seconds: float | None = None
    ) -> Answer:
        """The one record of a statement, which the database gives up after ``seconds``."""


class Engine:
    """Answers operations over one database; for any number of tasks of one event loop.

    Args:
        driver: the database's driver, which its owner closes; None where ``reader`` will do.
        schema: what :func:`api.graphql.schema.executable` gives.
        catalog: what the schema was made of.
        reader: a leaner way to the same database, where there is one.
        database: the database's name; None is the server's default.
        base: where the IRIs of nodes begin.
        max_first: the most a list may be asked for.
        timeout: seconds after which the database gives a transaction up; None is its default.
    """

    def __init__(
        self,
        driver: AsyncDriver | None,
        schema: GraphQLSchema,
        catalog: Catalog,
        *,
        reader: Reader | None = None,
        database: str | None = None,
        base: str = DEFAULT_BASE,
        max_first: int = 100,
        timeout: float | None = 10.0,
    ) -> None:
        self._driver = driver
        self._reader = reader
        self._schema = schema
        self._catalog = catalog
        self._database = database
        self._identifiers = Identifiers(frozenset(catalog.segments), base)
        self._max_first = max_first
        self._timeout = timeout

    async def execute(
        self, operation: Operation, variables: Mapping[str, Any] | None = None
    ) -> ExecutionResult:
        """The answer to ``operation``, its errors as graphql-core's.

        Raises:
            neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: the database fails.
        """
        values = self._coerced(operation, variables or {})
        if isinstance(values, list):
            return ExecutionResult(data=None, errors=values)
        try:
            compiled = self._compiled(operation, values)
            parameters = bind(compiled.bindings, values.coerced)
            names = names_in(parameters)
        except ArgumentError as error:
            return ExecutionResult(data=None, errors=[error])
        if names:
            parameters = with_ids(parameters, await self._ids(names))
        row = await self._run(compiled.statement, parameters) if compiled.statement else []
        if not compiled.introspective:
            try:
                return ExecutionResult(data=compiled.shape(row, parameters), errors=None)
            except IncompleteError:
                pass
        # graphql-core completes what is shaped loosely: introspection, nulls that may not be.
        answer = execute_sync(
            self._schema,
            operation.document,
            root_value=compiled.loose(row, parameters),
            variable_values=dict(variables or {}),
            operation_name=operation.node.name.value if operation.node.name else None,
        )
        return ExecutionResult(data=answer.data, errors=answer.errors)

    def compiled(
        self, operation: Operation, variables: Mapping[str, Any] | None = None
    ) -> tuple[Compiled, dict[str, Any]]:
        """What :meth:`execute` would run, with its parameters: to look at and to measure.

        Raises:
            GraphQLError: the variables do not fit.
        """
        values = self._coerced(operation, variables or {})
        if isinstance(values, list):
            raise values[0]
        compiled = self._compiled(operation, values)
        return compiled, with_ids(bind(compiled.bindings, values.coerced), {})

    def _coerced(
        self, operation: Operation, variables: Mapping[str, Any]
    ) -> VariableValues | list[GraphQLError]:
        definitions = operation.node.variable_definitions or ()
        return get_variable_values(self._schema, definitions, dict(variables), max_errors=5)

    def _compiled(self, operation: Operation, values: VariableValues) -> Compiled:
        plans, given = operation.plans, values.coerced
        key = plans.key(given)
        found = plans.find(key)
        if found is not None:
            return found
        slots = {
            name: value if name in plans.literal else symbolic(value, (name,))
            for name, value in given.items()
        }
        compiled = compile_operation(
            self._schema,
            self._catalog,
            operation.node,
            plans.fragments,
            VariableValues(values.sources, slots),
            identifiers=self._identifiers,
            max_first=self._max_first,
        )
        plans.keep(key, compiled)
        return compiled

    async def _ids(self, names: tuple[Named, ...]) -> dict[Named, str]:
        """The ids of what ``names`` mean, of those that mean something."""
        wanted = [(name.text, name.kind) for name in names]
        rows = [lookup(text, kind) for text, kind in wanted]
        (found,) = await self._run(cypher("read/things_called"), {"wanted": rows})
        things = zip(names, chosen(wanted, found), strict=True)
        return {name: thing.id for name, thing in things if thing is not None}

    async def _run(self, statement: str, parameters: dict[str, Any]) -> Any:
        if self._reader is not None:
            with span("graphql.database"):
                return (await self._reader.run(statement, parameters, self._timeout)).values
        if self._driver is None:
            msg = "an engine needs a driver or a reader"
            raise TypeError(msg)
        async with self._driver.session(
            database=self._database,
            default_access_mode=READ_ACCESS,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        ) as session:
            # The text is of our compiler's making; callers' values are all parameters.
            query = Query(statement, timeout=self._timeout)
            with span("graphql.database"):
                result = await session.run(query, parameters)
                record = await result.single(strict=True)
            return record.values()
