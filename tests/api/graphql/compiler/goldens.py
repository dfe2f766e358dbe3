"""Write golden files: ``python -m tests.api.graphql.compiler.goldens [schema] [cases] [examples]``.

The examples' answers, and how many hits of the database each takes, are those of the database that
the environment names, or of the managed one: load the seeds into it first.
"""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

from graphql import GraphQLSchema
from neo4j import AsyncDriver, Driver

from api.graphql.asking import asking_session
from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.derivation import load_catalog
from api.graphql.engine import Engine
from api.graphql.examples import EXAMPLES, Example, from_graph, read_examples
from api.graphql.operation import prepare
from api.graphql.schema import create_schema, executable, printed
from api.graphql.service import open_driver
from api.http.limits import Limits
from queries.database import Database, open_database
from queries.settings import Settings

ROOT = Path(__file__).parents[4]
SCHEMA = Path(__file__).parents[1] / "schema.graphql"
ANSWERS = Path(__file__).parents[1] / "answers"
CASES = Path(__file__).parent / "cases"
ASKED = ANSWERS / "asked.json"
"""The examples' titles and variables, as the seeds fill them in."""
BUDGETS = Path(__file__).parent / "budgets.json"


class NoDriver:
    """Stands where compiling alone needs no database."""

    def session(self, **_: object) -> NoReturn:
        """Refuse to be used."""
        raise AssertionError("compiling asks the database nothing")


def documents(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The documents of a folder: name, text and variables."""
    for path in sorted(folder.glob("*.graphql")):
        variables = path.with_suffix(".variables.json")
        given = json.loads(variables.read_text(encoding="utf-8")) if variables.exists() else {}
        yield path.stem, path.read_text(encoding="utf-8"), given


def examples(database: Database) -> tuple[Example, ...]:
    """The examples, with what is worth asking in the graph of ``database``."""
    with database.session() as session:
        return asyncio.run(from_graph(asking_session(session), read_examples(EXAMPLES)))


def asked(found: Sequence[Example]) -> str:
    """What of the examples depends on the graph, as a golden file has it."""
    told = {one.name: {"title": one.title, "variables": one.variables} for one in found}
    return as_json(told)


def compiled(schema: GraphQLSchema, catalog: Catalog, text: str, variables: dict[str, Any]) -> str:
    """The statement a document compiles to, with its parameters, as a golden file has it."""
    engine = Engine(cast(AsyncDriver, NoDriver()), schema, catalog)
    made, parameters = engine.compiled(prepare(schema, text), variables)
    lines = [f"// ${name}: {_told(value)}" for name, value in parameters.items()]
    return "\n".join([*lines, made.statement, ""])


def _told(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], float):
        return f"a vector of {len(value)}"
    return repr(value)


def hits(driver: Driver, database: str, statement: str, parameters: dict[str, Any]) -> int:
    """How many hits of the database's store a statement takes."""
    with driver.session(database=database) as session:
        profile = session.run(f"PROFILE {statement}", parameters).consume().profile
    assert profile is not None
    return _hits(profile)


def _hits(profile: dict[str, Any]) -> int:
    children: list[dict[str, Any]] = profile.get("children", [])
    return int(profile["args"].get("DbHits", 0)) + sum(map(_hits, children))


def _write_examples() -> None:
    with open_database(Settings()) as database:
        found = examples(database)
        ASKED.write_text(asked(found), encoding="utf-8")
        asyncio.run(_write_answers(database, found))


async def _write_answers(database: Database, found: Sequence[Example]) -> None:
    catalog = load_catalog()
    schema = executable(create_schema(catalog))
    budgets = {}
    async with open_driver(database, Limits()) as driver:
        engine = Engine(driver, schema, catalog, database=database.name)
        for one in found:
            operation = prepare(schema, one.query)
            answer = await engine.execute(operation, one.variables)
            assert not answer.errors, (one.name, answer.errors)
            path = ANSWERS / f"{one.name}.json"
            path.write_text(as_json({"data": answer.data}), encoding="utf-8")
            made, parameters = engine.compiled(operation, one.variables)
            budgets[one.name] = hits(database.driver, database.name, made.statement, parameters)
    BUDGETS.write_text(as_json(budgets), encoding="utf-8")


def as_json(value: Any) -> str:
    """JSON as the golden files have it."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def main(wanted: list[str]) -> None:
    """Write the files that are wanted, all but the examples' by default."""
    catalog = load_catalog()
    schema = executable(create_schema(catalog))
    if not wanted or "schema" in wanted:
        SCHEMA.write_text(printed(), encoding="utf-8")
    if not wanted or "cases" in wanted:
        for name, text, variables in documents(CASES):
            statement = compiled(schema, catalog, text, variables)
            (CASES / f"{name}.cypher").write_text(statement, encoding="utf-8")
    if "examples" in wanted:
        _write_examples()


if __name__ == "__main__":
    main(sys.argv[1:])
