"""Tables over HTTP: the graph, any of its lists, ready questions, and answers to documents.

``/export.csv`` and friends stand beside the RDF exports and take the same parameters;
``/table/statements.csv`` is any list of the API by filter and order; ``/question/NAME.csv`` is a
ready question, and ``/answer.csv`` the answer to any document within the limits of ``/graphql``.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import orjson
from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from api.graphql.asking import asking_session
from api.graphql.documents import Documents
from api.graphql.examples import EXAMPLES, QuestionError, ask_with, question, read_examples
from api.graphql.limits import check_variables
from api.graphql.naming import UnknownNameError
from api.graphql.request import from_address
from api.graphql.waiting import AnswerError, Asker, schema
from api.http.availability import InThread
from api.http.errors import ApiError, Code
from api.http.limits import Limits
from api.rdf.downloads import part_of, started
from api.rdf.parts import Part, part_ids
from api.tables.answers import sheet_of
from api.tables.columns import Table, snake, tables, whole_tables
from api.tables.formats import TABLE_FORMATS, ZIP_TYPE, TableError, TableFormat, write_zip
from api.tables.reading import read_list, read_table
from api.tables.sheet import Sheet, Tally
from ontology.iris import DEFAULT_BASE
from ontology.rdf.values import RdfError
from queries.database import Database

COUNT = "X-Total-Count"
"""The header that tells how many rows there are, known before the first is sent."""

_METHODS = ["GET", "HEAD"]
_LIST_PARAMETERS = ("where", "orderBy")
_MAIN = "statements"
"""The table of a file that holds one, unless another is asked for."""


class Downloads:
    """What the routes read: sheets, made in a thread.

    Args:
        database: the graph; its owner keeps it open.
        documents: checks the documents that callers send.
        limits: bounds on what one request may ask for.
        base: what the graph's IRIs begin with.
        in_thread: runs what reads the database.
    """

    def __init__(
        self,
        database: Database,
        documents: Documents,
        limits: Limits,
        *,
        base: str = DEFAULT_BASE,
        in_thread: InThread = run_sync,
    ) -> None:
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
        if request.method == "HEAD":
            reply = Response(media_type=media_type, headers=headers)
            del reply.headers["content-length"]
            return reply
        write = partial(write_zip, form) if packed else form.write
        pieces = await started(_told(write(sheets, Tally())), self._in_thread)
        return StreamingResponse(pieces, media_type=media_type, headers=headers)

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

    def question(self, name: str, given: Mapping[str, str]) -> list[Sheet]:
        """The answer to a ready question."""
        try:
            asked = question(read_examples(EXAMPLES), name)
            with self._database.session() as session:
                example = asyncio.run(ask_with(asking_session(session), asked, given))
        except (QuestionError, UnknownNameError) as error:
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


def router(downloads: Downloads) -> APIRouter:
    """The routes, one for each format."""
    routes = APIRouter(include_in_schema=False)
    for form in TABLE_FORMATS.values():
        for suffix in form.suffixes:
            _add(routes, downloads, form, suffix[1:])
    _add_archive(routes, downloads)
    return routes


def _add(routes: APIRouter, downloads: Downloads, form: TableFormat, ending: str) -> None:
    if form.name != "json":  # whose ending means JSON-LD there

        @routes.api_route(f"/export.{ending}", methods=_METHODS)
        async def export(
            request: Request,
            table: Annotated[list[str] | None, Query()] = None,
            article: Annotated[list[str] | None, Query()] = None,
            country: str | None = None,
            since: str | None = None,
        ) -> Response:
            part = part_of(article, country, since)
            names = table or (whole_tables() if form.book else [_MAIN])
            if len(names) > 1 and not form.book:
                msg = f"A file of {form.name} holds one table; ask for /export.zip to have several."
                raise ApiError(msg, code=Code.BAD_USER_INPUT)
            name = names[0] if len(names) == 1 else "newsgraph"
            make = partial(downloads.graph, part, names)
            return await downloads.send(request, form, snake(name), make)

    @routes.api_route(f"/table/{{name}}.{ending}", methods=_METHODS)
    async def listed(request: Request, name: str) -> Response:
        table, variables = table_called(name), _variables(request)
        make = partial(downloads.filtered, table, variables)
        return await downloads.send(request, form, table.name, make)

    @routes.api_route(f"/question/{{name}}.{ending}", methods=_METHODS)
    async def asked(request: Request, name: str) -> Response:
        make = partial(downloads.question, name, dict(request.query_params))
        return await downloads.send(request, form, _file_name(name), make)

    @routes.api_route(f"/answer.{ending}", methods=_METHODS)
    async def answered(request: Request) -> Response:
        make = partial(downloads.answer, request.scope["query_string"])
        return await downloads.send(request, form, "answer", make)


def _add_archive(routes: APIRouter, downloads: Downloads) -> None:
    @routes.api_route("/export.zip", methods=_METHODS)
    async def archive(
        request: Request,
        table: Annotated[list[str] | None, Query()] = None,
        article: Annotated[list[str] | None, Query()] = None,
        country: str | None = None,
        since: str | None = None,
    ) -> Response:
        part = part_of(article, country, since)
        make = partial(downloads.graph, part, table or whole_tables())
        form = TABLE_FORMATS["csv"]
        return await downloads.send(request, form, "newsgraph", make, packed=True)


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


def _variables(request: Request) -> dict[str, Any]:
    """The filter and the order in an address: JSON, as GraphQL takes them as variables."""
    given: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        if name not in _LIST_PARAMETERS:
            msg = f"'{name}' is not a parameter of a table; use {' and '.join(_LIST_PARAMETERS)}."
            raise ApiError(msg, code=Code.BAD_USER_INPUT)
        if name in given:
            raise ApiError(f"'{name}' occurs twice; send it once.", code=Code.BAD_USER_INPUT)
        try:
            given[name] = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            msg = f"'{name}' is not JSON: {error}."
            raise ApiError(msg, code=Code.BAD_USER_INPUT) from error
    return given


def _file_name(name: str) -> str:
    return re.sub(r"[^\w-]", "", name, flags=re.ASCII) or "answer"


def _made(make: Callable[[], list[Sheet]]) -> list[Sheet]:
    try:
        return make()
    except (AnswerError, TableError) as error:
        raise ApiError(str(error), code=Code.BAD_USER_INPUT) from error
    except RdfError as error:
        raise ApiError(str(error), code=Code.NOT_FOUND, status=404) from error
    except ApiError as error:
        # What /graphql says in an answer of status 200 is an error here: nobody reads a table so.
        error.well_formed = False
        raise


def _told(pieces: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except (AnswerError, TableError) as error:
        raise ApiError(str(error), code=Code.BAD_USER_INPUT) from error
