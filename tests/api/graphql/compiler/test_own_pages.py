"""The example questions on pages of other subjects than the seeds': sport, science, a bakery."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from graphql import ExecutionResult

from api.graphql.asking import asking_session
from api.graphql.examples import EXAMPLES, ask_with, question, read_examples
from api.graphql.naming import UnknownNameError
from api.query_jobs import says_something
from loader.extract.extraction import extract, this_run
from loader.extract.pipeline import load_pipeline
from loader.graph.schema import prepare
from loader.graph.writer import write_pages, write_run
from loader.pages import Page, read
from ontology.model import load_model
from ontology.records import ExtractedPage
from queries.database import Database
from tests.api.graphql.compiler.goldens import examples

Ask = Callable[..., ExecutionResult]

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.name for path in PAGES.glob("*.txt"))
SEEDS_OWN = ("Russia", "Ukraine", "China", "Taiwan", "Lehberger", "nuclear", "invasion")

SHOWABLE = {
    "around-a-thing": "()-[:ATTRIBUTED_TO|CITES|OF]->()",
    "authors-and-outlets": "(:Article)-[:WRITTEN_BY]->()",
    "cited-documents": "(:Document)",
    "cited-together": "()<-[:CITES]-(:Article)-[:CITES]->(:Person)",
    "claims-about-a-country": "(:Claim)-[:ABOUT]->(:Country)",
    "denials": "(:Statement {denied: true})",
    "experts-and-credentials": "(:Citation {role: 'expert'})-[:OF]->(:Person)",
    "experts-on-a-country": "(:Person)<-[:OF]-(:Citation {role: 'expert'})"
    "-[:IN_ARTICLE]->(:Article)-[:MENTIONS]->(:Country)",
    "most-discussed-countries": "(:Country)",
    "officials": "(citation:Citation) WHERE citation.role IN ['official', 'spokesperson']",
    "one-country-on-another": "(:Country)<-[:SOURCE_COUNTRY|ATTRIBUTED_TO]-(:Statement)"
    "-[:EXPRESSES]->(:Claim)-[:ABOUT]->(:Country)",
    "origins": "(:Claim)",
    "page-by-page": "(:Statement)",
    "receipts": "(:Statement)-[:STATED_IN]->(:Article)-[:FROM_PAGE]->()",
    "relayed-by-outlets": "(:Statement)-[:REPORTED_VIA]->()",
    "search": "(:Claim)",
    "the-whole-graph": "(:Statement)",
    "unnamed-sources": "(s:Statement)-[:SOURCE_COUNTRY]->() "
    "WHERE NOT EXISTS { (s)-[:ATTRIBUTED_TO]->() }",
    "ways-between": "(:Article)-[:CITES]->(:Person)",
    "who-gets-to-speak": "(:Statement)-[:STATED_IN]->(:Article)-[:PUBLISHED_BY]->()",
    "word-for-word": "(:Statement {kind: 'direct'})",
}
"""What a graph has to hold for an example to have something to show."""


@pytest.fixture(scope="session")
def own_pages() -> dict[str, ExtractedPage]:
    pages = [page for page in read([PAGES]) if isinstance(page, Page)]
    return {page.page.name: page for page in extract(load_pipeline(), pages)}


@pytest.fixture
def load(graph: Database, own_pages: dict[str, ExtractedPage]) -> Callable[..., Database]:
    """Loads some of the pages, in the order they are given."""

    def load(*names: str) -> Database:
        run = this_run(datetime(2026, 1, 31, 9, tzinfo=UTC))
        with graph.session() as session:
            prepare(session, load_model())
            write_run(session, run)
            for _ in write_pages(session, [own_pages[name] for name in names], run):
                pass
        return graph

    return load


def holds(database: Database, pattern: str) -> bool:
    with database.session() as session:
        row = session.run(f"RETURN EXISTS {{ MATCH {pattern} }} AS found").single(strict=True)
    return bool(row["found"])


def test_the_examples_are_those_that_are_held_to_an_answer() -> None:
    assert [entry.name for entry in read_examples(EXAMPLES)] == sorted(SHOWABLE)


@pytest.mark.parametrize("names", [*((name,) for name in NAMES), tuple(NAMES)], ids="+".join)
def test_no_example_is_empty_where_something_could_be_shown(
    ask: Ask, load: Callable[..., Database], names: tuple[str, ...]
) -> None:
    database = load(*names)
    empty = []
    for one in examples(database):
        answer = ask(one.query, one.variables)
        assert answer.errors is None, one.name
        if says_something(answer.data) != holds(database, SHOWABLE[one.name]):
            empty.append(one.name)
        assert not any(word in one.title for word in SEEDS_OWN), one.title
        assert "{" not in one.title
        assert one.query.startswith(f"# {one.title}\n")
    assert empty == []


def test_examples_are_the_same_in_whatever_order_pages_came(
    graph: Database, load: Callable[..., Database]
) -> None:
    first = examples(load(*NAMES))
    with graph.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
    assert examples(load(*reversed(NAMES))) == first


def test_titles_name_what_is_asked_about(load: Callable[..., Database]) -> None:
    titles = {one.name: one.title for one in examples(load("rowing.txt"))}
    assert titles["one-country-on-another"] == (
        "What do New Zealand and those who speak for it say about Norway?"
    )
    assert "Norway" in titles["claims-about-a-country"]


def test_an_empty_graph_leaves_variables_to_be_filled_in(graph: Database) -> None:
    found = {one.name: one for one in examples(graph)}
    assert found["claims-about-a-country"].variables == {"country": ""}
    assert "about a country" in found["claims-about-a-country"].title
    assert found["page-by-page"].variables == {"after": None}
    assert found["denials"].variables is None


GIVEN = [
    ("claims-about-a-country", {"country": "CH"}, {"country": "country/CH"}, "Switzerland"),
    ("claims-about-a-country", {"country": "che"}, {"country": "country/CH"}, "Switzerland"),
    ("claims-about-a-country", {"country": "switzerland"}, {"country": "country/CH"}, "Switz"),
    ("claims-about-a-country", {"country": "country/CH"}, {"country": "country/CH"}, "Switz"),
    (
        "claims-about-a-country",
        {"country": "http://127.0.0.1:8101/id/country/CH"},
        {"country": "country/CH"},
        "Switzerland",
    ),
    ("cited-together", {"person": "nuno falcao"}, {"person": "person/nuno-falcao"}, "Nuno Falcão"),
    ("cited-together", {"person": "Teles"}, {"person": "person/joaquim-teles"}, "Joaquim Teles"),
    ("cited-together", {"person": "rita-amaral"}, {"person": "person/rita-amaral"}, "Rita Amaral"),
    ("around-a-thing", {"id": "Spain"}, {"id": "country/ES"}, "Spain"),
    ("around-a-thing", {"id": "The Valais Gazette"}, {"id": "organization/valais-gazette"}, "Val"),
    ("search", {"text": "1961"}, {"text": "1961"}, "1961"),
    (
        "ways-between",
        {"from": "Paolo Renzi", "to": "Italy"},
        {"from": "person/paolo-renzi", "to": "country/IT"},
        "Paolo Renzi linked to Italy",
    ),
]


@pytest.mark.parametrize(("name", "given", "variables", "title"), GIVEN)
def test_values_are_given_by_code_name_or_id(
    ask: Ask,
    load: Callable[..., Database],
    name: str,
    given: dict[str, str],
    variables: dict[str, str],
    title: str,
) -> None:
    database = load("bakery.txt", "glacier.txt")
    asked = question(read_examples(EXAMPLES), name)
    with database.session() as session:
        one = asyncio.run(ask_with(asking_session(session), asked, given))
    assert one.variables == variables
    assert title in one.title
    filled, plain = ask(one.query, one.variables), ask(asked.query, given)
    assert plain.errors is None
    assert plain.data == filled.data, "the API takes what the command line takes"
    assert says_something(filled.data)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("cited-together", {"person": "Telles"}, "Similar names: Joaquim Teles"),
        ("cited-together", {"person": "Qqqqqq"}, "no person called 'Qqqqqq'."),
        ("cited-together", {"person": "Portugal"}, "no person called 'Portugal'"),
        ("cited-together", {"person": "person/nobody"}, "nothing with the id person/nobody"),
        ("claims-about-a-country", {"country": "Portugl"}, "Similar names: Portugal"),
        ("claims-about-a-country", {"country": "Kenya"}, "nothing about Kenya. Countries it"),
        ("claims-about-a-country", {"country": "KE"}, "nothing about Kenya"),
        ("claims-about-a-country", {"country": "Rita Amaral"}, "no country called"),
        ("claims-about-a-country", {"country": ""}, "no country called ''"),
        ("claims-about-a-country", {"country": "???"}, "no country called '???'"),
    ],
)
def test_what_names_nothing_is_refused_with_what_is_near(
    load: Callable[..., Database], name: str, given: dict[str, str], told: str
) -> None:
    asked = question(read_examples(EXAMPLES), name)
    with (
        load("bakery.txt").session() as session,
        pytest.raises(UnknownNameError) as refused,
    ):
        asyncio.run(ask_with(asking_session(session), asked, given))
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("name", "given", "variables"),
    [
        (
            "one-country-on-another",
            {"source": "New Zealand"},
            {"source": "country/NZ", "about": "country/NO"},
        ),
        (
            "one-country-on-another",
            {"about": "NO"},
            {"source": "country/NZ", "about": "country/NO"},
        ),
        (
            "ways-between",
            {"from": "Kenji Morita"},
            {"from": "person/kenji-morita", "to": "person/annika-frei"},
        ),
        ("ways-between", {"to": "Italy"}, {"from": "person/annika-frei", "to": "country/IT"}),
    ],
)
def test_what_is_not_given_goes_with_what_is(
    ask: Ask,
    load: Callable[..., Database],
    name: str,
    given: dict[str, str],
    variables: dict[str, str],
) -> None:
    asked = question(read_examples(EXAMPLES), name)
    with load(*NAMES).session() as session:
        one = asyncio.run(ask_with(asking_session(session), asked, given))
    assert one.variables == variables
    assert says_something(ask(one.query, one.variables).data)
