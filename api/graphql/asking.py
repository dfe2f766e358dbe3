"""Running the statements of ``queries`` by name, for whoever shows what they give."""

from collections.abc import Awaitable, Callable
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver, Query, Session

from api.http.availability import Availability
from queries import cypher

Ask = Callable[[str, dict[str, Any]], Awaitable[list[dict[str, Any]]]]
"""Runs a statement by its name with its parameters and gives its rows."""


def asking(
    driver: AsyncDriver, database: str, availability: Availability, *, seconds: float
) -> Ask:
    """Ask the server's driver; a database that is away or too slow is an ``ApiError``."""

    async def ask(name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        with availability.attempt():
            async with driver.session(
                database=database, default_access_mode=READ_ACCESS
            ) as session:
                result = await session.run(Query(cypher(name), timeout=seconds), parameters)
                return [dict(record) async for record in result]

    return ask


def asking_session(session: Session) -> Ask:
    """Ask a command's open session, which blocks: there is nobody to wait for it."""

    async def ask(name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        return [dict(record) for record in session.run(cypher(name), parameters)]

    return ask
