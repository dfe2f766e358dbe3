"""Tables over HTTP: the graph, any of its lists, ready questions, and answers to documents.

``/export.csv`` and friends stand beside the RDF exports and take the same parameters;
``/table/statements.csv`` is any list of the API by filter and order; ``/question/NAME.csv`` is a
ready question, ``/sources.csv`` who gets to speak, and ``/answer.csv`` the answer to any document
within the limits of ``/graphql``.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.http.errors import ApiError, Code
from api.rdf.downloads import part_of
from api.tables.columns import snake, whole_tables
from api.tables.formats import GRAPH_FORMATS, TABLE_FORMATS, GraphFormat, TableFormat
from api.tables.serving import Downloads, table_called

_METHODS = ["GET", "HEAD"]
_LIST_PARAMETERS = ("where", "orderBy")
_MAIN = "statements"
"""The table of a file that holds one, unless another is asked for."""


def router(downloads: Downloads) -> APIRouter:
    """The routes, one for each format."""
    routes = APIRouter(include_in_schema=False)
    for form in TABLE_FORMATS.values():
        for suffix in form.suffixes:
            _add_export(routes, downloads, form, suffix[1:])
            if not form.only:
                _add_lists(routes, downloads, form, suffix[1:])
    for graph_form in GRAPH_FORMATS.values():
        _add_graph(routes, downloads, graph_form)
    _add_archive(routes, downloads)
    return routes


def _add_export(routes: APIRouter, downloads: Downloads, form: TableFormat, ending: str) -> None:
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
            every = list(form.only) or whole_tables()
            names = table or (every if form.book else [_MAIN])
            if table and form.only:
                msg = f"{form.name} is made of the tables it needs; leave 'table' out."
                raise ApiError(msg, code=Code.BAD_USER_INPUT)
            if len(names) > 1 and not form.book:
                msg = f"A file of {form.name} holds one table; ask for /export.zip to have several."
                raise ApiError(msg, code=Code.BAD_USER_INPUT)
            name = names[0] if len(names) == 1 else "newsgraph"
            make = partial(downloads.graph, part, names)
            return await downloads.send(request, form, snake(name), make)


def _add_lists(routes: APIRouter, downloads: Downloads, form: TableFormat, ending: str) -> None:
    @routes.api_route(f"/table/{{name}}.{ending}", methods=_METHODS)
    async def listed(request: Request, name: str) -> Response:
        table, variables = table_called(name), _variables(request)
        make = partial(downloads.filtered, table, variables)
        return await downloads.send(request, form, table.name, make)

    @routes.api_route(f"/sources.{ending}", methods=_METHODS)
    async def sources(request: Request) -> Response:
        by = request.query_params.get("by", "outlet")
        variables = _variables(request, ("where", "by"))
        make = partial(downloads.sources, by, variables)
        return await downloads.send(request, form, "sources", make)

    @routes.api_route(f"/question/{{name}}.{ending}", methods=_METHODS)
    async def asked(request: Request, name: str) -> Response:
        make = partial(downloads.question, name, dict(request.query_params))
        return await downloads.send(request, form, _file_name(name), make)

    @routes.api_route(f"/answer.{ending}", methods=_METHODS)
    async def answered(request: Request) -> Response:
        make = partial(downloads.answer, request.scope["query_string"])
        return await downloads.send(request, form, "answer", make)


def _add_graph(routes: APIRouter, downloads: Downloads, form: GraphFormat) -> None:
    @routes.api_route(f"/export.{form.name}", methods=_METHODS)
    async def graph(
        request: Request,
        article: Annotated[list[str] | None, Query()] = None,
        country: str | None = None,
        since: str | None = None,
    ) -> Response:
        return await downloads.send_graph(request, form, part_of(article, country, since))


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


def _variables(request: Request, known: Sequence[str] = _LIST_PARAMETERS) -> dict[str, Any]:
    """The filter and the order in an address: JSON, as GraphQL takes them as variables."""
    given: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        if name not in known:
            msg = f"'{name}' is not a parameter of a table; use {' and '.join(known)}."
            raise ApiError(msg, code=Code.BAD_USER_INPUT)
        if name in given:
            raise ApiError(f"'{name}' occurs twice; send it once.", code=Code.BAD_USER_INPUT)
        if name == "by":
            given[name] = text
            continue
        try:
            given[name] = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            msg = f"'{name}' is not JSON: {error}."
            raise ApiError(msg, code=Code.BAD_USER_INPUT) from error
    return given


def _file_name(name: str) -> str:
    return re.sub(r"[^\w-]", "", name, flags=re.ASCII) or "answer"
