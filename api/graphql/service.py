"""The graph as the API's routes use it: an engine over one driver, its version, its degrees."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from graphql import ExecutionResult, GraphQLSchema, print_schema
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import DriverError, Neo4jError

from api.graphql.bolt import BoltReader, open_reader
from api.graphql.compiler.catalog import Catalog
from api.graphql.documents import Documents
from api.graphql.engine import Engine
from api.graphql.limits import CostModel
from api.graphql.measuring import measure
from api.graphql.operation import Operation
from api.http.availability import Availability
from api.http.errors import ApiError
from api.http.limits import Limits
from api.http.options import Options
from ontology.iris import digest
from queries import cypher
from queries.database import Database

_LOG = logging.getLogger(__name__)
_CONNECT_SECONDS = 5.0
_IDLE_SECONDS = 30.0
_MEASURE_SECONDS = 30.0


def open_driver(database: Database, limits: Limits) -> AsyncDriver:
    """A driver of the event loop's own for ``database``; its owner closes it.

    A connection that was idle for long is tried before it is used, so that a database which was
    restarted meanwhile costs nobody an answer.
    """
    return AsyncGraphDatabase.driver(
        database.uri,
        auth=database.auth,
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=_CONNECT_SECONDS + limits.query_seconds,
        max_connection_pool_size=limits.running + 8,
        liveness_check_timeout=_IDLE_SECONDS,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )


def lean_reader(database: Database) -> BoltReader | None:
    """A leaner way to ``database`` than the driver, where there is one; its owner closes it."""
    return open_reader(
        database.uri,
        database.auth,
        database=database.name,
        connect_seconds=_CONNECT_SECONDS,
        idle_seconds=_IDLE_SECONDS,
    )


class GraphService:
    """Runs operations, tells the graph's version, and keeps the reckoning of costs up to date."""

    def __init__(
        self,
        *,
        driver: AsyncDriver,
        reader: BoltReader | None,
        database: str,
        schema: GraphQLSchema,
        catalog: Catalog,
        options: Options,
        availability: Availability,
    ) -> None:
        self._driver = driver
        self._reader = reader
        self._database = database
        self._schema = schema
        self._catalog = catalog
        self._options = options
        self._availability = availability
        self._schema_version = digest(print_schema(schema))
        self._engine = Engine(
            driver,
            schema,
            catalog,
            reader=reader,
            database=database,
            base=options.base,
            max_first=options.limits.list_size,
            timeout=options.limits.query_seconds,
        )

    async def execute(self, operation: Operation, variables: dict[str, Any]) -> ExecutionResult:
        """The answer to an operation."""
        return await self._engine.execute(operation, variables)

    async def version(self) -> str:
        """A text that changes whenever the graph does, and when the schema does.

        It is the bookmark of the last transaction of whoever wrote: the loader, Spark, or a hand
        in Neo4j Browser. A counter of our own would be bumped by the first of these only.
        """
        return ",".join([self._schema_version, *sorted(await self._bookmarks())])

    async def _bookmarks(self) -> Iterable[str]:
        if self._reader is not None:
            return [(await self._reader.run(cypher("read/alive"), {})).bookmark]
        async with self._driver.session(
            database=self._database, default_access_mode=READ_ACCESS
        ) as session:
            result = await session.run(cypher("read/alive"))
            await result.consume()
            return (await session.last_bookmarks()).raw_values

    async def measure_for_ever(self, documents: Documents) -> None:
        """Measure the graph's degrees now, and again whenever it has changed."""
        measured = ""
        while True:
            try:
                with self._availability.attempt():
                    version = await self.version()
                    if version != measured:
                        degrees = await measure(self._driver, self._database, self._catalog)
                        limits = self._options.limits
                        documents.reckon_with(CostModel(self._schema, limits, degrees))
                        measured = version
            except (ApiError, Neo4jError, DriverError) as error:
                _LOG.info("degrees could not be measured: %s", error)
            await asyncio.sleep(_MEASURE_SECONDS)
