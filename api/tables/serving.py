"""What the addresses of tables answer with: sheets read in a thread, streamed as they are read."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from anyio.to_thread import run_sync
from fastapi import Request
from starlette.responses import Response, StreamingResponse

from api.graphql.asking import asking_session
from api.graphql.documents import Documents
from api.graphql.examples import (
    ExamplesError,
    Question,
    QuestionError,
    ask_with,
    question,
    read_questions,
)
from api.graphql.limits import check_variables
from api.graphql.naming import UnknownNameError
from api.graphql.request import from_address
from api.graphql.statement_filter import TOLD
from api.graphql.waiting import AnswerError, Asker, schema
from api.http.availability import InThread
from api.http.errors import ApiError, Code
from api.http.limits import Limits
from api.rdf.downloads import started
from api.rdf.parts import Part, part_ids
from api.tables.answers import sheet_of
from api.tables.columns import Table, snake, tables
from api.tables.errors import TableError
from api.tables.formats import ZIP_TYPE, GraphFormat, TableFormat, write_zip
from api.tables.graph import GraphReader
from api.tables.reading import read_list, read_table
from api.tables.sheet import Sheet, Tally
from api.tables.sources import GROUPINGS, sources_sheet
from ontology.iris import DEFAULT_BASE
from ontology.rdf.values import RdfError
from queries.database import Database

COUNT = "X-Total-Count"
"""The header that tells how many rows there are, known before the first is sent."""

T = TypeVar("T")


class Downloads:
    """What the routes read: sheets, made in a thread.

    Args:
        database: the graph; its owner keeps it open.
        documents: checks the documents that callers send.
        limits: bounds on what one request may ask for.
        base: what the graph's IRIs begin with.
        in_thread: runs what reads the database.
        questions: reads the ready questions, a user's own among them.
    """

    def __init__(
        self,
        database: Database,
        documents: Documents,
        limits: Limits,
        *,
        base: str = DEFAULT_BASE,
        in_thread: InThread = run_sync,
        questions: Callable[[], Sequence[Question]] = lambda: read_questions(None),
    ) -> None:
        self._questions = questions
        self._database = database
        self._documents = documents
        self._limits = limits
        self._in_thread = in_thread
        self._asker = Asker(database, base=base, seconds=limits.query_seconds)
        self._bounded = Asker(
            database, base=base, seconds=limits.query_seconds, max_first=limits.list_size
        )

    async def send(
        self,
        request: Request,
        form: TableFormat,
        name: str,
        make: Callable[[], list[Sheet]],
        *,
        packed: bool = False,
    ) -> Response:
        """The answer with the sheets that ``make`` gives, streamed as the client reads."""
        sheets = await self._in_thread(lambda: _made(make))
        extension = "zip" if packed else form.extension
        media_type = ZIP_TYPE if packed else form.media_type
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.{extension}"',
            COUNT: str(sum(sheet.total for sheet in sheets)),
        }
        write = partial(write_zip, form) if packed else form.write
        return await self._sent(request, write(sheets, Tally()), media_type, headers)

    async def send_graph(self, request: Request, form: GraphFormat, part: Part | None) -> Response:
        """The answer with the nodes and relationships of the graph or of a part of it."""
        driver, name = self._database.driver, self._database.name
        read = partial(GraphReader, driver, database=name, part=part)
        graph = await self._in_thread(lambda: _made(read))
        headers = {
            "Content-Disposition": f'attachment; filename="newsgraph.{form.name}"',
            COUNT: str(graph.total),
        }
        pieces = form.write(graph, lambda _: None)
        return await self._sent(request, pieces, form.media_type, headers)

    async def _sent(
        self,
        request: Request,
        pieces: Iterable[bytes],
        media_type: str,
        headers: Mapping[str, str],
    ) -> Response:
        if request.method == "HEAD":
            reply = Response(media_type=media_type, headers=headers)
            del reply.headers["content-length"]
            return reply
        body = await started(_told(pieces), self._in_thread)
        return StreamingResponse(body, media_type=media_type, headers=headers)

    def graph(self, part: Part | None, names: Sequence[str]) -> list[Sheet]:
        """The whole tables ``names``, or what of them is in ``part``."""
        found = None
        if part is not None:
            found = part_ids(self._database.driver, part, database=self._database.name)
        chosen = [table_called(name) for name in names]
        return [
            read_table(self._asker, table, ids=None if found is None else found[table.label])
            for table in chosen
        ]

    def filtered(self, table: Table, variables: Mapping[str, Any]) -> list[Sheet]:
        """The nodes of a list, by the filter and the order in ``variables``."""
        check_variables(dict(variables), self._limits)
        where, order = variables.get("where"), variables.get("orderBy")
        return [read_list(self._asker, table, where=where, order=order)]

    def sources(self, by: str, variables: Mapping[str, Any]) -> list[Sheet]:
        """Who gets to speak, by a name of ``GROUPINGS``, in statements by a filter.

        What is only believed or wanted is left out unless the filter says something of acts.
        """
        grouping = GROUPINGS.get(by)
        if grouping is None:
            msg = f"There is no table of sources by {by!r}; use one of {', '.join(GROUPINGS)}."
            raise ApiError(msg, code=Code.BAD_USER_INPUT, status=400)
        check_variables(dict(variables), self._limits)
        where = {**TOLD, **(variables.get("where") or {})}
        return [sources_sheet(self._asker, grouping, where)]

    def question(self, name: str, given: Mapping[str, str]) -> list[Sheet]:
        """The answer to a ready question."""
        try:
            asked = question(self._questions(), name)
            with self._database.session() as session:
                example = asyncio.run(ask_with(asking_session(session), asked, given))
        except (ExamplesError, QuestionError, UnknownNameError) as error:
            raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
        variables = example.variables or {}
        data = self._asker.ask(self._asker.prepare(example.query), variables)
        return [sheet_of(schema()[1], snake(name), example.query, data)]

    def answer(self, query_string: bytes) -> list[Sheet]:
        """The answer to a document, within the limits of ``/graphql``."""
        asked = from_address(query_string)
        operation = self._documents.operation(asked.query, asked.document_id, asked.operation)
        check_variables(asked.variables, self._limits)
        operation.assessment.check(asked.variables)
        prepared = self._bounded.prepare(operation.text, asked.operation)
        data = self._bounded.ask(prepared, asked.variables)
        return [sheet_of(schema()[1], "answer", operation.text, data)]


def table_called(name: str) -> Table:
    """The table of this name, in snake_case or as the API spells the list.

    Raises:
        ApiError: there is none; the message names those there are.
    """
    found = tables().get(snake(name))
    if found is None:
        msg = f"There is no table {name!r}; the tables are {', '.join(tables())}."
        raise ApiError(msg, code=Code.NOT_FOUND, status=404)
    return found


def _made(make: Callable[[], T]) -> T:
    try:
        return make()
    except AnswerError as error:
        raise ApiError(str(error), code=Code.BAD_USER_INPUT) from error
    except RdfError as error:
        raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
    except ApiError as error:
        # What /graphql says in an answer of status 200 is an error here: nobody reads a table so.
        error.well_formed = False
        raise


def _told(pieces: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except AnswerError as error:
        raise ApiError(str(error), code=Code.INTERNAL, status=500) from error
    except TableError as error:  # a format that is not installed here
        raise ApiError(str(error), code=Code.NOT_FOUND, status=501) from error
