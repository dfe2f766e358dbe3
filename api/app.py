"""The HTTP application: what stands at which address, and what runs as long as it does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.assistants.graphs import ServedGraph
from api.assistants.graphs import documents as assistants_documents
from api.assistants.server import PATH, Served, installed, make_server
from api.bloom import browser
from api.feeds import serving as feed_pages
from api.feeds.feeds import Feeds, feed_names
from api.feeds.record import FILE as RECORD
from api.feeds.record import Record
from api.feeds.serving import look_for_ever
from api.graphql.asking import asking
from api.graphql.compiler.derivation import load_catalog
from api.graphql.documents import Documents, TrustedDocuments
from api.graphql.endpoint import GraphQLEndpoint
from api.graphql.examples import Question, read_questions
from api.graphql.limits import CostModel
from api.graphql.measuring import assumed
from api.graphql.running import Runner
from api.graphql.schema import create_schema, executable
from api.graphql.service import GraphService, lean_reader, open_driver
from api.http.auth import KeyRing
from api.http.availability import Availability
from api.http.errors import ApiError, Code, as_api_error, database_unavailable
from api.http.frame import Frame
from api.http.hosts import Hosts
from api.http.observability import METRICS_TYPE, Metrics
from api.http.options import Options, options_of
from api.http.replies import dumps, refusal
from api.rdf import dataset, downloads, sparql, vocabulary
from api.rdf.snapshots import Snapshot, clear_leftovers
from api.site import browse, compare, entities, search, subjects, voices, website
from api.site.assets import Assets
from api.site.content import GraphContent
from api.site.frame import SiteFrame
from api.site.others import other_lists
from api.site.pages import Link
from api.site.reading import Reader
from api.site.reading import documents as site_documents
from api.site.warming import warm_up
from api.tables import downloads as table_downloads
from api.tables.serving import Downloads
from api.tables.sources import GROUPINGS, sources_document
from ontology.model import load_model
from queries.database import Database
from queries.settings import Settings

PLAYGROUND = "/playground"
_READY_SECONDS = 2.0
_NOT_CACHED = {"Cache-Control": "no-store"}


def create_app(settings: Settings, database: Database, *, warm: bool = False) -> FastAPI:
    """The API over ``database``, which its owner keeps open while the application runs.

    GraphQL and the pages are read by a driver of the application's own, RDF by the owner's. With
    ``warm``, the database plans what the pages ask before the first reader does.

    Raises:
        OptionsError, KeysError, DocumentsError, ExamplesError: a setting cannot be used; the
            message says why.
    """
    options = options_of(settings)
    catalog, model = load_catalog(), load_model()
    others = other_lists(model, catalog)
    schema = executable(create_schema(catalog))
    metrics = Metrics()
    availability = Availability(metrics)
    documents = Documents(
        CostModel(schema, options.limits, assumed(catalog)),
        introspection=options.introspection,
        trusted=TrustedDocuments(options.trusted) if options.trusted else None,
        trusted_only=options.trusted_only,
        own=site_documents()
        | {one.document for one in others}
        | {sources_document(one) for one in GROUPINGS.values()}
        | assistants_documents(),
    )
    driver = open_driver(database, options.limits)
    reader = lean_reader(database)
    service = GraphService(
        driver=driver,
        reader=reader,
        database=database.name,
        schema=schema,
        catalog=catalog,
        options=options,
        availability=availability,
    )

    runner = Runner(
        engine=service,
        documents=documents,
        limits=options.limits,
        metrics=metrics,
        availability=availability,
    )
    questions = _questions(options)
    frame = SiteFrame(
        links=_ways(database), assets=Assets(), feeds=partial(feed_names, options.questions)
    )
    site_reader = Reader(runner)
    pages = browse.Pages(site_reader, frame)
    ask = asking(driver, database.name, availability, seconds=options.limits.query_seconds)
    assistants = Served(
        make_server(ServedGraph(site_reader, ask), base=options.base) if installed() else None,
        options.limits,
    )
    feeds = Feeds(
        database,
        Record(settings.home / RECORD),
        base=options.base,
        published_at=settings.named_base,
        seconds=options.limits.query_seconds,
        questions=questions,
    )
    copies = settings.home / "snapshots"
    snapshot = Snapshot(database.driver, copies, base=options.base, database=database.name)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        clear_leftovers(copies)
        async with driver, assistants.running():
            with ExitStack() as closing:
                closing.callback(snapshot.close)
                if reader is not None:
                    closing.callback(reader.close)
                tasks = [asyncio.create_task(service.measure_for_ever(documents))]
                tasks.append(asyncio.create_task(look_for_ever(feeds, availability.in_thread)))
                if warm:
                    tasks.append(asyncio.create_task(warm_up(pages)))
                try:
                    yield
                finally:
                    for task in tasks:
                        task.cancel()
                        with suppress(asyncio.CancelledError):
                            await task

    # No OpenAPI: the schema that describes this API is GraphQL's.
    app = FastAPI(title="newsgraph", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.add_middleware(
        Frame,
        metrics=metrics,
        keys=KeyRing(options.keys) if options.keys else None,
        hosts=None if options.hosts is None else Hosts(options.hosts),
        page=frame.refusal,
    )

    async def refused(request: Request, error: Exception) -> Response:
        known = _refused(request, error)
        reply = frame.refusal(known, request.scope) or refusal(known)
        return Response(reply.body, reply.status, {**reply.headers}, reply.media_type)

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, refused)
    app.router.routes.append(
        Route(
            "/graphql",
            GraphQLEndpoint(
                runner=runner,
                limits=options.limits,
                metrics=metrics,
                playground=PLAYGROUND,
            ),
        )
    )
    app.router.routes.append(Route(PATH, assistants))
    in_thread = availability.in_thread
    app.include_router(feed_pages.router(feeds, frame, in_thread=in_thread))
    app.include_router(_operations(service, availability, metrics))
    app.include_router(downloads.router(database, base=options.base, in_thread=in_thread))
    tables = Downloads(
        database,
        documents,
        options.limits,
        base=options.base,
        in_thread=in_thread,
        questions=questions,
    )
    app.include_router(table_downloads.router(tables))
    app.include_router(dataset.router(database, base=options.base, in_thread=in_thread))
    app.include_router(vocabulary.router())
    app.include_router(sparql.router(snapshot, bodies=options.limits, in_thread=in_thread))
    app.include_router(browser.router(database, in_thread=in_thread))
    app.include_router(
        entities.router(database, base=options.base, links=frame.links, in_thread=in_thread)
    )
    app.include_router(browse.router(pages, others))
    app.include_router(subjects.router(subjects.Subjects(pages, ask, model), pages))
    app.include_router(compare.router(pages, ask))
    app.include_router(search.router(pages))
    app.include_router(voices.router(pages))
    content = GraphContent(ask, model, questions)
    app.include_router(website.router(content=content, links=frame.links))
    return app


def _questions(options: Options) -> Callable[[], tuple[Question, ...]]:
    """Reads the playground's questions whenever it is opened, so that a new one appears."""
    read = partial(read_questions, options.questions, named=options.questions_named)
    read()
    return read


def _ways(database: Database) -> list[Link]:
    """The ways into the graph beside the pages."""
    ways = [
        Link(label="Feeds", href="/feeds", note="Follow saved questions in a feed reader."),
        Link(label="Turtle", href="/export.ttl", note="Download the whole graph as RDF."),
    ]
    if database.server is not None:
        note = "Explore the graph and query it in Cypher."
        ways.append(Link(label="Neo4j Browser", href=database.server.browser_url, note=note))
    return ways


def _operations(service: GraphService, availability: Availability, metrics: Metrics) -> APIRouter:
    """What tells an operator how the server is."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health")
    async def health() -> Response:
        """The process answers; of the database nothing is said: a restart would not mend it."""
        return _json({"status": "ok"})

    @router.get("/ready")
    async def ready() -> Response:
        """Requests can be answered: the database is there."""
        try:
            async with asyncio.timeout(_READY_SECONDS):
                with availability.attempt():
                    await service.version()
        except Exception as error:
            known = as_api_error(error)
            if known is None:
                raise
            raise database_unavailable() from error
        return _json({"status": "ready"})

    @router.get("/metrics")
    async def figures() -> Response:
        return Response(metrics.exposition(), media_type=METRICS_TYPE, headers=_NOT_CACHED)

    return router


def _refused(request: Request, error: Exception) -> ApiError:
    """What the framework refuses, as an error like all else that is refused."""
    status, headers = 400, {}
    if isinstance(error, HTTPException):
        status, headers = error.status_code, dict(error.headers or {})
    if status == 404:
        message, code = "This URL does not exist.", Code.NOT_FOUND
    elif status == 405:
        message, code = f"{request.method} is not supported at this URL.", Code.METHOD_NOT_ALLOWED
    elif isinstance(error, RequestValidationError):
        places = (f"'{item['loc'][-1]}': {item['msg']}" for item in error.errors())
        message, code = f"Invalid parameter: {'; '.join(places)}.", Code.BAD_USER_INPUT
    else:
        message, code = "The request is malformed.", Code.BAD_REQUEST
    return ApiError(message, code=code, status=status, headers=headers)


def _json(value: Any, *, status: int = 200) -> Response:
    return Response(dumps(value), status, _NOT_CACHED, "application/json")
