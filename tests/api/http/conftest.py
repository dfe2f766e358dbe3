"""The whole API on a real port, over a small graph of invented news in a real Neo4j."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.http.options import options_of
from api.http.serving import make_server
from loader.graph.schema import prepare
from ontology.model import load_model
from queries.database import Database
from queries.settings import Settings

ARTICLES = 40
PEOPLE = 12
SAMPLE = """
UNWIND ['Kenya', 'France', 'Japan'] AS name
MERGE (:Country {id: 'country/' + toUpper(left(name, 2)), name: name, iso2: toUpper(left(name, 2)),
                 historical: false})
WITH DISTINCT 1 AS once
UNWIND range(1, $people) AS number
MERGE (:Person {id: 'person/p' + number, name: 'Person ' + number})
WITH DISTINCT 1 AS once
MERGE (outlet:Outlet:Organization {id: 'organization/daily', name: 'The Daily'})
WITH outlet
UNWIND range(1, $articles) AS number
CREATE (article:Article {id: 'article/a' + number, title: 'Rivers rise, part ' + number,
    kind: 'article', language: 'en', published: date('2024-01-01') + duration({days: number}),
    text: 'The dam will hold, said person ' + number + '.', locations: ['page/x#char=0,50']})
CREATE (article)-[:PUBLISHED_BY]->(outlet)
WITH article, number
MATCH (author:Person {id: 'person/p' + (number % $people + 1)})
MATCH (speaker:Person {id: 'person/p' + ((number * 7) % $people + 1)})
MATCH (country:Country {id: ['country/KE', 'country/FR', 'country/JA'][number % 3]})
CREATE (article)-[:WRITTEN_BY]->(author)
CREATE (article)-[:MENTIONS]->(country)
CREATE (article)-[:CITES]->(speaker)
CREATE (statement:Statement {id: 'statement/a' + number + '-0', text: 'The dam will hold',
    kind: 'direct', act: 'said', start: 0, contentSpans: ['0,17'], denied: false,
    negative: false, rule: 'clause', sourceRole: 'source', words: 4, third: 'first',
    negated: false, hedged: false,
    headline: false, question: false, published: article.published})
CREATE (statement)-[:STATED_IN]->(article)
CREATE (statement)-[:ATTRIBUTED_TO]->(speaker)
CREATE (statement)-[:ABOUT]->(country)
MERGE (claim:Claim {id: 'claim/' + (number % 5)})
  ON CREATE SET claim.text = 'the dam will hold ' + (number % 5)
MERGE (statement)-[:EXPRESSES]->(claim)
MERGE (claim)-[:ABOUT]->(country)
CREATE (citation:Citation {id: 'citation/a' + number, role: 'expert', description: 'an engineer'})
CREATE (citation)-[:IN_ARTICLE]->(article)
CREATE (citation)-[:OF]->(speaker)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running API."""

    url: str
    address: tuple[str, int]
    server: uvicorn.Server
    client: httpx.Client

    def ask(self, query: str, **variables: object) -> httpx.Response:
        """POST a query; the answer says by its status how it went."""
        return self.client.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={"Accept": "application/graphql-response+json"},
        )


Serve = Callable[[Settings], Served]


@pytest.fixture(scope="module")
def news(database: Database) -> Iterator[Database]:
    """The tests' database with invented news, and nothing else, in it."""
    with database.session() as session:
        _empty(database)
        prepare(session, load_model())
        session.run(SAMPLE, people=PEOPLE, articles=ARTICLES).consume()
    yield database
    _empty(database)


@pytest.fixture(scope="module")
def api(server_settings: Settings, news: Database) -> Iterator[Served]:
    """The API as it is by default."""
    with serving(server_settings, news) as served:
        yield served


@pytest.fixture
def serve(server_settings: Settings, news: Database) -> Iterator[Callable[..., Served]]:
    """Serve the API with some settings changed, until the test ends."""
    with ExitStack() as stack:

        def start(database: Database = news, **changes: object) -> Served:
            changed = server_settings.model_copy(update=changes)
            return stack.enter_context(serving(changed, database))

        yield start


@contextmanager
def serving(settings: Settings, database: Database) -> Iterator[Served]:
    """Serve the API in a thread on a free port."""
    app = create_app(settings, database)
    server = make_server(app, options_of(settings).limits)
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        address = opened.getsockname()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
        thread.start()
        url = f"http://127.0.0.1:{address[1]}"
        try:
            transport = httpx.HTTPTransport(retries=5)
            with httpx.Client(base_url=url, transport=transport, timeout=30) as client:
                for _ in range(100):
                    if server.started:
                        break
                    threading.Event().wait(0.05)
                client.get("/health").raise_for_status()
                yield Served(url=url, address=address, server=server, client=client)
        finally:
            server.should_exit = True
            thread.join(timeout=30)
            assert not thread.is_alive(), "the server did not stop"


def _empty(database: Database) -> None:
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
