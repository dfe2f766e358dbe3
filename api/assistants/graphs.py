"""The graph as the tools ask it: through the API's server, or by a command that has it open."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from anyio.to_thread import run_sync

from api.graphql.asking import Ask, asking_session
from api.graphql.folder import Folder
from api.graphql.naming import Thing, find
from api.graphql.waiting import Asker
from api.site.reading import Reader
from queries.database import Database, explained

_FOLDER = Folder(Path(__file__).parents[2] / "queries" / "assistants")
documents = _FOLDER.documents
document = _FOLDER.document


class Graph(Protocol):
    """The graph as the tools ask it."""

    async def ask(self, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of the document ``queries/assistants/DOCUMENT.graphql``."""

    async def find(self, name: str, kind: str) -> Thing:
        """The thing of the kind that is called so.

        Raises:
            UnknownNameError: there is none.
        """


class ServedGraph:
    """The graph as the API's server asks it: within everybody's limits, in everybody's queue.

    Args:
        reader: runs documents.
        ask: runs the statements that look names up.
    """

    def __init__(self, reader: Reader, ask: Ask) -> None:
        self._reader, self._ask = reader, ask

    async def ask(self, name: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a document.

        Raises:
            ApiError: the graph cannot answer.
        """
        return await self._reader.run(document(name), variables)

    async def find(self, name: str, kind: str) -> Thing:
        """The thing of the kind that is called so.

        Raises:
            UnknownNameError: there is none.
            ApiError: the graph cannot answer.
        """
        return await find(self._ask, name, kind)


class OpenedGraph:
    """The graph as a command has it open; it is asked in threads, as its driver blocks.

    Args:
        database: what to ask; its owner keeps it open.
        base: where the IRIs of nodes begin.
        seconds: what the database has for one answer.
        max_first: the most a list may be asked for.
    """

    def __init__(self, database: Database, *, base: str, seconds: float, max_first: int) -> None:
        self._database = database
        self._asker = Asker(database, base=base, seconds=seconds, max_first=max_first)

    async def ask(self, name: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a document.

        Raises:
            AnswerError, DatabaseError: the graph cannot answer.
        """

        def work() -> dict[str, Any]:
            with explained(self._database):
                return self._asker.ask(self._asker.prepare(document(name)), variables)

        return await run_sync(work)

    async def find(self, name: str, kind: str) -> Thing:
        """The thing of the kind that is called so.

        Raises:
            UnknownNameError: there is none.
            DatabaseError: the graph cannot answer.
        """

        def work() -> Thing:
            with explained(self._database), self._database.session() as session:
                return asyncio.run(find(asking_session(session), name, kind))

        return await run_sync(work)
