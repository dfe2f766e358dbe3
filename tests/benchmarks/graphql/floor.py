"""The floor: the engine's own Cypher by the raw driver, its record as JSON, and nothing else.

A server that knows its statements beforehand: the request's document is only looked up.
"""

import argparse
import asyncio
from typing import Any

import orjson
import uvicorn
from neo4j import READ_ACCESS, AsyncGraphDatabase, NotificationMinimumSeverity

from api.graphql.compiler.derivation import load_catalog
from api.graphql.engine import Engine
from api.graphql.operation import prepare
from api.graphql.schema import create_schema, executable
from tests.benchmarks.graphql.questions import QUESTIONS


async def serve(uri: str, auth: tuple[str, str] | None, port: int) -> None:
    """Serve until stopped."""
    catalog = load_catalog()
    schema = executable(create_schema(catalog))
    async with AsyncGraphDatabase.driver(
        uri, auth=auth, notifications_min_severity=NotificationMinimumSeverity.OFF
    ) as driver:
        engine = Engine(driver, schema, catalog, max_first=1_000)
        operations = {question.own: prepare(schema, question.own) for question in QUESTIONS}

        async def app(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                return
            body = orjson.loads((await receive())["body"])
            # Binding is a look-up and some microseconds: parameters must come from somewhere.
            compiled, parameters = engine.compiled(operations[body["query"]], body["variables"])
            async with driver.session(default_access_mode=READ_ACCESS) as session:
                result = await session.run(compiled.statement, parameters)
                record = await result.single(strict=True)
            answer = orjson.dumps(record.values())
            headers = [(b"content-type", b"application/json")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": answer})

        config = uvicorn.Config(app, port=port, log_level="warning", access_log=False)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uri")
    parser.add_argument("--user", default="neo4j")
    parser.add_argument("--password")
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    login = (given.user, given.password) if given.password else None
    asyncio.run(serve(given.uri, login, given.port))
