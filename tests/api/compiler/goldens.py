"""Write golden files anew: ``python -m tests.api.compiler.goldens [schema] [cases] [examples]``.

The answers of the examples are taken from the database that the environment names, or the managed
one: load the seeds into it first.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, cast

from graphql import GraphQLSchema
from neo4j import AsyncDriver

from api.compiler.catalog import Catalog
from api.compiler.derivation import load_catalog
from api.engine import Engine, prepare
from api.schema import create_schema, executable, printed

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "api" / "schema.graphql"
CASES = Path(__file__).parent / "cases"
EXAMPLES = ROOT / "queries" / "examples"


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


def compiled(schema: GraphQLSchema, catalog: Catalog, text: str, variables: dict[str, Any]) -> str:
    """The statement a document compiles to, with its parameters, as a golden file has it."""
    engine = Engine(cast(AsyncDriver, NoDriver()), schema, catalog)
    made, parameters = engine.compiled(prepare(schema, text), variables)
    lines = [f"// ${name}: {value!r}" for name, value in parameters.items()]
    return "\n".join([*lines, made.statement, ""])


async def answers() -> dict[str, dict[str, Any]]:
    """What the examples answer on the environment's database, by name."""
    from api.limits import Limits
    from api.service import open_driver
    from queries.database import open_database
    from queries.settings import Settings

    catalog = load_catalog()
    schema = executable(create_schema(catalog))
    settings, found = Settings(), {}
    with open_database(settings) as database:
        async with open_driver(settings, database, Limits()) as driver:
            engine = Engine(driver, schema, catalog, database=database.name)
            for name, text, variables in documents(EXAMPLES):
                answer = await engine.execute(prepare(schema, text), variables)
                assert not answer.errors, (name, answer.errors)
                found[name] = {"data": answer.data}
    return found


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
        for name, answer in asyncio.run(answers()).items():
            (EXAMPLES / f"{name}.json").write_text(as_json(answer), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
