"""The engine on a database: one statement an operation, pages that join, questions answered."""

import asyncio
import logging
from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLSchema
from neo4j import AsyncDriver

from api.graphql.compiler.catalog import Catalog
from api.graphql.engine import Engine
from api.graphql.operation import prepare
from queries.database import Database
from tests.api.graphql.compiler.goldens import CASES, documents
from tests.api.graphql.compiler.reference import Memory

Ask = Callable[..., ExecutionResult]

pytestmark = pytest.mark.usefixtures("small_graph")


def _data(answer: ExecutionResult) -> Any:
    assert answer.errors is None
    return answer.data


@pytest.mark.parametrize(
    ("text", "variables"),
    [(text, given) for name, text, given in documents(CASES)],
    ids=[name for name, _, _ in documents(CASES)],
)
def test_an_operation_is_one_statement(
    ask_by_driver: Ask, caplog: pytest.LogCaptureFixture, text: str, variables: dict[str, Any]
) -> None:
    ask_by_driver("{ stats { articles } }")  # A connection is open, its own messages are over.
    # The driver logs each message it sends: this is what goes over the wire.
    with caplog.at_level(logging.DEBUG, logger="neo4j.io"):
        ask_by_driver(text, variables)
    sent = [record.getMessage() for record in caplog.records]
    assert sum(" C: RUN " in message for message in sent) == 1
    assert sum(" C: BEGIN " in message for message in sent) == 0


ORDERS = (
    "[]",
    "[{ title: ASC }]",
    "[{ published: DESC }, { title: DESC }]",
    "[{ published: ASC }]",
    "[{ statementsCount: DESC }, { url: ASC }]",
    "[{ kind: DESC }]",
    "[{ id: DESC }]",
)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("where", ["{}", "{ kind: { in: [ARTICLE, TITLE] } }"])
def test_pages_put_together_are_the_list(ask: Ask, order: str, where: str) -> None:
    whole = _data(
        ask(f"{{ articles(first: 100, orderBy: {order}, where: {where}) {{ nodes {{ id }} }} }}")
    )
    page = f"""query ($after: String) {{
      articles(first: 2, orderBy: {order}, where: {where}, after: $after) {{
        edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }}
      }}
    }}"""
    found: list[Any] = []
    after, more = None, True
    while more:
        answer = _data(ask(page, {"after": after}))["articles"]
        assert answer["pageInfo"]["hasPreviousPage"] == (after is not None)
        found += [edge["node"] for edge in answer["edges"]]
        after, more = answer["pageInfo"]["endCursor"], answer["pageInfo"]["hasNextPage"]
    assert found == whole["articles"]["nodes"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("where", ["{}", "{ kind: { in: [ARTICLE, TITLE] } }"])
def test_pages_from_the_end_put_together_are_the_list(ask: Ask, order: str, where: str) -> None:
    given = f"orderBy: {order}, where: {where}"
    whole = _data(ask(f"{{ articles(first: 100, {given}) {{ edges {{ cursor }} }} }}"))
    cursors = [edge["cursor"] for edge in whole["articles"]["edges"]]
    page = f"""query ($before: String) {{
      articles(last: 2, before: $before, {given}) {{
        edges {{ cursor }} pageInfo {{ hasNextPage hasPreviousPage startCursor }}
      }}
    }}"""
    found: list[str] = []
    before, more = None, True
    while more:
        answer = _data(ask(page, {"before": before}))["articles"]
        assert answer["pageInfo"]["hasNextPage"] == (before is not None)
        found = [edge["cursor"] for edge in answer["edges"]] + found
        before, more = answer["pageInfo"]["startCursor"], answer["pageInfo"]["hasPreviousPage"]
    assert found == cursors
    window = f"""query ($after: String, $before: String, $last: Int) {{
      articles(after: $after, before: $before, last: $last, {given}) {{ edges {{ cursor }} }}
    }}"""
    for start, end in combinations(range(len(cursors)), 2):
        ends = {"after": cursors[start], "before": cursors[end]}
        for last in (None, 1):
            answer = _data(ask(window, {**ends, "last": last}))["articles"]["edges"]
            between = cursors[start + 1 : end]
            assert [edge["cursor"] for edge in answer] == between[-(last or len(cursors)) :]


def test_a_page_stays_right_while_the_graph_grows(
    ask: Ask, database: Database, memory: Memory
) -> None:
    page = """query ($after: String) {
      people(first: 3, after: $after) { edges { cursor } nodes { id } }
    }"""
    first = _data(ask(page))["people"]
    before = _data(ask(page, {"after": first["edges"][-1]["cursor"]}))["people"]["nodes"]
    with database.session() as session:
        session.run("CREATE (:Person {id: 'person/new', name: 'A'})").consume()
    try:
        after = _data(ask(page, {"after": first["edges"][-1]["cursor"]}))["people"]["nodes"]
    finally:
        with database.session() as session:
            session.run("MATCH (n:Person {id: 'person/new'}) DELETE n").consume()
    assert after == before


def test_things_are_found_by_id_key_and_iri(ask: Ask) -> None:
    answer = _data(
        ask(
            """{
              a: country(id: "country/KE") { id }
              b: country(id: "ke") { id }
              c: country(id: "http://127.0.0.1:8000/id/country/KE") { id }
              d: node(id: "http://127.0.0.1:8000/id/country/KE") { id __typename }
              e: outlet(id: "t1") { id }
              f: organization(id: "organization/t1") { id __typename }
              g: outlet(id: "o1") { id }
              h: country(id: "person/p1") { id }
              i: node(id: "nothing/at/all") { id }
            }"""
        )
    )
    assert answer == {
        "a": {"id": "country/KE"},
        "b": {"id": "country/KE"},
        "c": {"id": "country/KE"},
        "d": {"id": "country/KE", "__typename": "Country"},
        "e": {"id": "organization/t1"},
        "f": {"id": "organization/t1", "__typename": "Outlet"},
        "g": None,
        "h": None,
        "i": None,
    }


def test_introspection_and_data_are_answered_together(ask: Ask) -> None:
    answer = _data(ask('{ __type(name: "Person") { name } country(id: "KE") { iso2 } __typename }'))
    assert answer == {
        "__type": {"name": "Person"},
        "country": {"iso2": "KE"},
        "__typename": "Query",
    }


def test_a_variable_that_does_not_fit_is_an_error_of_the_request(ask: Ask) -> None:
    answer = ask("query ($first: Int) { people(first: $first) { totalCount } }", {"first": "x"})
    assert answer.data is None
    assert answer.errors is not None
    assert "$first" in answer.errors[0].message


def test_search_ranks_and_shows_where_the_words_stand(ask: Ask) -> None:
    answer = _data(
        ask(
            """{
              search(text: "ada byron") {
                totalCount
                edges { score highlights { field matches } node { id } }
              }
            }"""
        )
    )["search"]
    assert answer["totalCount"] == len(answer["edges"]) > 0
    scores = [edge["score"] for edge in answer["edges"]]
    assert scores == sorted(scores, reverse=True)
    assert all(edge["highlights"] for edge in answer["edges"])
    assert {m for e in answer["edges"] for h in e["highlights"] for m in h["matches"]} <= {
        "Ada",
        "Byron",
    }


@pytest.mark.parametrize("text", ["", "***", "a:b [c TO d]", "AND OR NOT", '"', "~^ \\", "é 北京"])
def test_any_text_may_be_searched_for(ask: Ask, text: str) -> None:
    answer = ask(
        "query ($t: String!) { search(text: $t) { totalCount nodes { id } } }", {"t": text}
    )
    assert answer.errors is None


def test_search_pages_join(ask: Ask) -> None:
    whole = _data(ask('{ search(text: "ada") { nodes { id } } }'))["search"]["nodes"]
    page = """query ($a: String) {
      search(text: "ada", first: 2, after: $a) { nodes { id } pageInfo { endCursor hasNextPage } }
    }"""
    found, after, more = [], None, True
    while more:
        answer = _data(ask(page, {"a": after}))["search"]
        found += answer["nodes"]
        after, more = answer["pageInfo"]["endCursor"], answer["pageInfo"]["hasNextPage"]
    assert found == whole


def test_a_path_is_nodes_joined_by_its_steps(ask: Ask) -> None:
    paths = _data(
        ask(
            """{
              path(from: "person/p1", to: "country/KE") {
                length nodes { id } steps { source target }
              }
            }"""
        )
    )["path"]
    assert paths
    assert len({path["length"] for path in paths}) == 1
    for path in paths:
        ids = [node["id"] for node in path["nodes"]]
        assert (ids[0], ids[-1]) == ("person/p1", "country/KE")
        assert len(path["steps"]) == path["length"] == len(ids) - 1
        for step, ends in zip(path["steps"], pairwise(ids), strict=True):
            assert {step["source"], step["target"]} == set(ends)


def test_no_path_leads_from_a_thing_to_itself_or_to_nothing(ask: Ask) -> None:
    text = 'query ($to: ID!) { path(from: "person/p1", to: $to) { length } }'
    assert _data(ask(text, {"to": "person/p1"})) == {"path": []}
    assert _data(ask(text, {"to": "person/nobody"})) == {"path": []}


def test_neighbors_are_what_edges_lead_to(ask: Ask, memory: Memory) -> None:
    answer = _data(
        ask(
            """{
              neighbors(id: "country/KE", first: 100) {
                totalCount edges { relationship forward node { id } }
              }
            }"""
        )
    )["neighbors"]
    expected = {(kind, True, end) for start, kind, end in memory.edges if start == "country/KE"}
    expected |= {(kind, False, start) for start, kind, end in memory.edges if end == "country/KE"}
    found = {(e["relationship"], e["forward"], e["node"]["id"]) for e in answer["edges"]}
    assert found == expected
    assert answer["totalCount"] == len(expected)


def test_co_cited_agents_share_articles(ask: Ask, memory: Memory) -> None:
    cited: dict[str, set[str]] = {}
    for start, kind, end in memory.edges:
        if kind == "CITES":
            cited.setdefault(end, set()).add(start)
    person = max(
        (name for name in cited if name.startswith("person/")), key=lambda n: len(cited[n])
    )
    answer = _data(
        ask(
            """query ($p: ID!) {
              coCited(person: $p, first: 100) { edges { articles node { id } } }
            }""",
            {"p": person},
        )
    )["coCited"]["edges"]
    expected = {n: len(a & cited[person]) for n, a in cited.items() if n != person}
    assert {e["node"]["id"]: e["articles"] for e in answer} == {
        n: c for n, c in expected.items() if c
    }


def test_claims_between_countries_are_voiced_by_the_one_about_the_other(
    ask: Ask, memory: Memory
) -> None:
    links = set(memory.edges)
    voiced = {
        start
        for start, kind, end in links
        if kind in ("SOURCE_COUNTRY", "ATTRIBUTED_TO") and end == "country/KE"
    }
    claims = {end for start, kind, end in links if kind == "EXPRESSES" and start in voiced}
    expected = {claim for claim in claims if (claim, "ABOUT", "country/FR") in links}
    answer = _data(
        ask('{ claimsBetween(source: "KE", about: "FR", first: 100) { nodes { id } } }')
    )["claimsBetween"]["nodes"]
    assert {node["id"] for node in answer} == expected


def test_stats_count_what_is_there(ask: Ask, memory: Memory) -> None:
    stats = _data(ask("{ stats { people outlets organizations relationships firstDay lastDay } }"))
    labels = [node["labels"] for node in memory.nodes.values()]
    days = sorted(
        str(n["published"])
        for n in memory.nodes.values()
        if "published" in n and "Article" in n["labels"]
    )
    assert stats["stats"] == {
        "people": sum("Person" in item for item in labels),
        "outlets": sum("Outlet" in item for item in labels),
        "organizations": sum("Organization" in item for item in labels),
        "relationships": len(memory.edges),
        "firstDay": days[0],
        "lastDay": days[-1],
    }


def test_many_requests_at_once_keep_their_answers_apart(
    engine: Engine, schema: GraphQLSchema, runner: asyncio.Runner
) -> None:
    operation = prepare(schema, "query ($id: ID!) { node(id: $id) { id } }")
    ids = [f"person/p{index % 10}" for index in range(60)]

    async def all_of_them() -> list[ExecutionResult]:
        return await asyncio.gather(*(engine.execute(operation, {"id": item}) for item in ids))

    answers = runner.run(all_of_them())
    assert [_data(answer)["node"]["id"] for answer in answers] == ids


def test_the_limit_of_lists_is_a_setting(
    async_driver: AsyncDriver,
    schema: GraphQLSchema,
    catalog: Catalog,
    database: Database,
    runner: asyncio.Runner,
) -> None:
    engine = Engine(async_driver, schema, catalog, database=database.name, max_first=1_000)
    operation = prepare(schema, "{ people(first: 1000) { nodes { id } } }")
    assert len(_data(runner.run(engine.execute(operation)))["people"]["nodes"]) == 10
