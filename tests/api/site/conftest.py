"""The pages over a small real application: a GraphQL schema and pictures of invented news."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import strawberry
import uvicorn
from fastapi import FastAPI
from strawberry.fastapi import GraphQLRouter

from api.graphql.examples import Example
from api.site.pages import ArticleView, Link, StatementView, article_href
from api.site.picture import Kind, Passage, Picture, PictureEdge, PictureNode, PictureText
from api.site.webbuild import STATIC, ensure_built
from api.site.website import Content, router
from loader.extract.extraction import this_run
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from ontology.model import load_model
from ontology.records import ExtractedPage
from queries.database import Database
from queries.settings import Settings
from tests.api.http.conftest import Served, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What a browser accepts when an address is opened."""

TEXT = (
    "The river rose by two metres. 🌊 “The dam will hold,” said Ada Byron, a professor of "
    "hydrology in Nairobi.\n\nThe ministry said that Byron had claimed “the dam is old” before "
    "<the> vote. "
    "Officials in Kenya deny it.\n\n" + "The water went on rising through the night. " * 40 + "\n\n"
    "“It broke,” Byron said later. “We told them.”"
)
KINDS = (
    Kind(name="Article", label="Article", colour="#4c8eda", icon="newspaper"),
    Kind(name="Person", label="Person", colour="#f79767", icon="person"),
    Kind(name="Organization", label="Organization", colour="#57c7e3", icon="building"),
    Kind(name="Country", label="Country", colour="#8dcc93", icon="globe"),
    Kind(name="Statement", label="Statement", colour="#ffc454", icon="quote"),
    Kind(name="Claim", label="Claim", colour="#c990c0", icon="lightbulb"),
)


def _span(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


STATEMENTS = (
    StatementView(
        id="statement/hold",
        speaker="Ada Byron",
        speaker_href="/person/ada-byron",
        spans=(_span("The dam will hold,"),),
        text="The dam will hold,",
        note="direct",
    ),
    StatementView(
        id="statement/claimed",
        speaker="Ministry of Water",
        spans=(_span("that Byron had claimed “the dam is old” before <the> vote"),),
        text="that Byron had claimed “the dam is old” before <the> vote",
        note="indirect",
    ),
    StatementView(
        id="statement/old",
        speaker="Ada Byron",
        speaker_href="/person/ada-byron",
        spans=(_span("the dam is old"),),
        text="the dam is old",
    ),
    StatementView(
        id="statement/broke",
        speaker="Ada Byron",
        speaker_href="/person/ada-byron",
        spans=(_span("It broke,"), _span("We told them.")),
        text="It broke, We told them.",
        note="direct",
    ),
)
ARTICLE = ArticleView(
    title="Rivers rise in the north",
    subtitle="After a week of rain, a dam is in doubt",
    outlet=Link(label="The Nairobi Herald", href="/outlet/nairobi-herald"),
    authors=(Link(label="Grace Otieno", href="/person/grace-otieno"),),
    published=date(2023, 3, 20),
    text=TEXT,
    statements=STATEMENTS,
    links=(Link(label="In the graph", href="/graph?about=article%2Frivers"),),
)


def small_picture() -> Picture:
    """Around one speaker: her statements, where they stand, and whom they are about."""
    statements = tuple(
        PictureNode(
            id=item.id,
            kind="Statement",
            label=item.text,
            quote=item.text,
            size=1,
            details=(("Kind", item.note or "direct"),),
            href=article_href("article/rivers", item.id),
            passages=(Passage(text="article/rivers", spans=item.spans),),
        )
        for item in STATEMENTS
    )
    others = (
        PictureNode(
            id="person/ada-byron",
            kind="Person",
            label="Ada Byron",
            size=4,
            details=(("Described as", "a professor of hydrology"), ("Statements", "3")),
            href="/person/ada-byron",
        ),
        PictureNode(id="person/grace", kind="Person", label="Grace Otieno", size=1),
        PictureNode(id="organization/water", kind="Organization", label="Ministry of Water"),
        PictureNode(
            id="article/rivers",
            kind="Article",
            label="Rivers rise in the north",
            size=4,
            href=article_href("article/rivers"),
        ),
        PictureNode(id="country/ke", kind="Country", label="Kenya", size=2),
    )
    edges = [
        PictureEdge(source=item.id, target="article/rivers", type="STATED_IN")
        for item in STATEMENTS
    ]
    edges += [
        PictureEdge(
            source=item.id,
            target="person/ada-byron" if item.speaker == "Ada Byron" else "organization/water",
            type="ATTRIBUTED_TO",
        )
        for item in STATEMENTS
    ]
    edges += [
        PictureEdge(source="statement/old", target="statement/claimed", type="PART_OF"),
        PictureEdge(source="article/rivers", target="country/ke", type="MENTIONS"),
        PictureEdge(source="article/rivers", target="person/grace", type="WRITTEN_BY"),
    ]
    return Picture(
        title="Ada Byron",
        note="Everything within two steps.",
        focus="person/ada-byron",
        kinds=KINDS,
        nodes=others + statements,
        edges=tuple(edges),
        texts=(
            PictureText(
                id="article/rivers",
                title="Rivers rise in the north",
                byline="Grace Otieno · The Nairobi Herald · 20 March 2023",
                text=TEXT,
                href=article_href("article/rivers"),
            ),
        ),
    )


def large_picture(nodes: int = 500) -> Picture:
    """As many nodes as a picture is to stay readable with, hung together as news are."""
    chance = random.Random(7)
    made: list[PictureNode] = []
    edges: list[PictureEdge] = []
    hubs = [f"n{number}" for number in range(40)]
    for number in range(nodes):
        kind = KINDS[number % 4] if number < len(hubs) else KINDS[4 + number % 2]
        made.append(PictureNode(id=f"n{number}", kind=kind.name, label=f"Thing number {number}"))
        if number:
            partners = hubs[: max(1, min(number, len(hubs)))]
            weights = [1 / (rank + 1) for rank in range(len(partners))]
            for partner in set(chance.choices(partners, weights, k=1 + number % 2)):
                edges.append(PictureEdge(source=f"n{number}", target=partner, type="ABOUT"))
    degree = {node.id: 0 for node in made}
    for edge in edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
    return Picture(
        title="Many things",
        note=f"{nodes} of 1,204 nodes.",
        kinds=KINDS,
        nodes=tuple(replace(node, size=degree[node.id]) for node in made),
        edges=tuple(edges),
        focus="n0",
    )


EXAMPLES = (
    Example(
        name="1-speakers",
        title="Who speaks?",
        query="# Who speaks?\nquery Speakers {\n  speakers {\n    name\n  }\n}\n",
        variables=None,
    ),
    Example(
        name="2-words",
        title="What does Ada Byron say?",
        query="# What does Ada Byron say?\n"
        "query Words($name: String) {\n  speakers(name: $name) {\n    statements\n  }\n}\n",
        variables={"name": "Ada Byron"},
    ),
)


class NewsContent:
    """What the pages show: two pictures, two questions."""

    async def picture(self, about: str | None, further: Sequence[str] = ()) -> Picture | None:
        known = {None: small_picture, "person/ada-byron": small_picture, "many": large_picture}
        return known[about]() if about in known else None

    async def examples(self) -> tuple[Example, ...]:
        return EXAMPLES


@strawberry.type(description="Somebody who speaks in an article.")
class Speaker:
    name: str = strawberry.field(description="As the article gives it.")
    statements: list[str] = strawberry.field(description="Their words.")


def _speakers(name: str | None = None) -> list[Speaker]:
    names = dict.fromkeys(item.speaker for item in STATEMENTS)
    return [
        Speaker(name=one, statements=[item.text for item in STATEMENTS if item.speaker == one])
        for one in names
        if name in {None, one}
    ]


@strawberry.type(description="Where to begin.")
class Query:
    speakers: list[Speaker] = strawberry.field(
        resolver=_speakers, description="Everybody who speaks, or those of one name."
    )


@pytest.fixture(scope="session")
def static() -> Path:
    """The front end, built from the sources as they are."""
    ensure_built()
    return STATIC


@pytest.fixture(scope="session")
def content() -> Content:
    return NewsContent()


@pytest.fixture(scope="session")
def picture() -> Picture:
    return small_picture()


Serve = Callable[..., str]


@pytest.fixture(scope="session")
def serve(static: Path, content: Content) -> Iterator[Serve]:
    """Serves an application with the pages over HTTP; called, it gives the address."""
    with ExitStack() as stack:

        def served(
            *, content: Content = content, static: Path = static, root_path: str = ""
        ) -> str:
            app = FastAPI()
            schema = strawberry.Schema(Query)
            app.include_router(GraphQLRouter(schema, graphql_ide=None), prefix="/graphql")
            links = [
                Link(label="Turtle", href="/export.ttl", note="Download the whole graph as RDF.")
            ]
            app.include_router(router(content=content, links=links, static=static))
            return stack.enter_context(_serving(app, root_path))

        yield served


@contextmanager
def _serving(app: FastAPI, root_path: str) -> Iterator[str]:
    config = uvicorn.Config(
        app, port=0, log_level="error", ws="none", lifespan="off", root_path=root_path
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def address(serve: Serve) -> str:
    return serve()


@pytest.fixture(scope="module")
def site(
    server_settings: Settings,
    database: Database,
    seed_pages: tuple[ExtractedPage, ...],
    static: Path,
) -> Iterator[Served]:
    """The whole API over the given pages, as ``newsgraph load seeds/`` leaves them."""
    run = this_run(datetime(2026, 1, 31, 9, tzinfo=UTC))
    everything = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS"
    with database.session() as session:
        session.run(everything).consume()
        prepare(session, load_model())
        write_run(session, run)
        for _ in write_pages(session, seed_pages, run):
            pass
    with serving(server_settings, database) as served:
        served.client.headers["Accept"] = BROWSER
        yield served
    with database.session() as session:
        session.run(everything).consume()
