"""An engine over the tests' database, which holds the graph of ``memory.py``."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLSchema
from neo4j import AsyncDriver

from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.derivation import load_catalog
from api.graphql.engine import Engine
from api.graphql.operation import prepare
from api.graphql.schema import create_schema, executable
from api.graphql.service import lean_reader, open_driver
from api.http.limits import Limits
from loader.graph.schema import prepare as prepare_database
from ontology.model import load_model
from queries.database import Database
from tests.api.graphql.compiler.memory import draw_memory
from tests.api.graphql.compiler.reference import Memory

Ask = Callable[..., ExecutionResult]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def schema(catalog: Catalog) -> GraphQLSchema:
    return executable(create_schema(catalog))


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def async_driver(database: Database, runner: asyncio.Runner) -> Iterator[AsyncDriver]:
    driver = open_driver(database, Limits())
    yield driver
    runner.run(driver.close())


@pytest.fixture(scope="session")
def engine(
    async_driver: AsyncDriver, database: Database, schema: GraphQLSchema, catalog: Catalog
) -> Iterator[Engine]:
    """The engine as the API has it, with its own way to the database where there is one."""
    reader = lean_reader(database)
    yield Engine(async_driver, schema, catalog, reader=reader, database=database.name)
    if reader is not None:
        reader.close()


@pytest.fixture(scope="session")
def ask(engine: Engine, schema: GraphQLSchema, runner: asyncio.Runner) -> Ask:
    """Answers a document, from the database."""
    return _asking(engine, schema, runner)


@pytest.fixture(scope="session")
def ask_by_driver(
    async_driver: AsyncDriver,
    database: Database,
    schema: GraphQLSchema,
    catalog: Catalog,
    runner: asyncio.Runner,
) -> Ask:
    """Answers a document as where only the driver will do: over routing or encryption."""
    engine = Engine(async_driver, schema, catalog, database=database.name)
    return _asking(engine, schema, runner)


def _asking(engine: Engine, schema: GraphQLSchema, runner: asyncio.Runner) -> Ask:
    def answer(text: str, variables: Mapping[str, Any] | None = None) -> ExecutionResult:
        return runner.run(engine.execute(prepare(schema, text), variables))

    return answer


@pytest.fixture(scope="session")
def memory() -> Memory:
    return draw_memory()


@pytest.fixture(scope="module")
def small_graph(database: Database, memory: Memory) -> Iterator[Memory]:
    """The graph of ``memory``, in the tests' database."""
    write_memory(database, memory)
    yield memory
    with database.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()


def write_memory(database: Database, memory: Memory) -> None:
    """Replace what is in the database by ``memory``."""
    with database.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
        prepare_database(session, load_model())
        session.run("MATCH (n) DETACH DELETE n").consume()
        for node in memory.nodes.values():
            properties = {key: value for key, value in node.items() if key != "labels"}
            labels = ":".join(node["labels"])
            session.run(f"CREATE (n:{labels}) SET n = $row", row=properties).consume()
        for source, kind, target in memory.edges:
            text = f"MATCH (a {{id: $source}}) MATCH (b {{id: $target}}) CREATE (a)-[:{kind}]->(b)"
            session.run(text, source=source, target=target).consume()
        session.run("CALL db.awaitIndexes(60)").consume()
