"""Searches as people type them, on a graph loaded from a text: words, filters, what a hit tells."""

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from api.answers import answer
from api.graphql.compiler.derivation import load_catalog
from api.graphql.engine import Engine
from api.graphql.naming import UnknownNameError
from api.graphql.operation import prepare as prepare_document
from api.graphql.schema import create_schema, executable
from api.graphql.waiting import AnswerError
from api.search_jobs import run_search
from api.searches import Wanted, search
from api.table_jobs import answer_target
from loader.extract.extraction import extract
from loader.extract.pipeline import load_pipeline
from loader.graph.schema import prepare
from loader.graph.searching import complete
from loader.graph.writer import write_pages, write_run
from loader.pages import Page, read
from ontology.derived import MEANING_INDEX, STATEMENTS_INDEX
from ontology.meaning import available
from ontology.model import load_model
from queries.database import Database
from queries.settings import Settings
from tests.benchmarks.loading.bench import RUN

DAM = """Dam will hold, engineers say

By Mary Moor

March 3, 2023

"The U.S. sent 1,000 engineers to the dam," said Nguyễn Văn An, a hydrologist.

"Nobody asked us about the weather," said Pat O’Brien, a spokesman for the farmers.
Mr. O’Brien denied that the valley floods every spring.

Ana Müller told reporters that countries along the river are sending pumps.
The lake's water level will fall, Müller said.
"""
STRIKE = """Teachers end strike

By Bo Ek

May 9, 2024

The teachers' union said on Thursday that schools would reopen.
"Salaries will not rise by ten percent," said minister Carla Díaz of Spain.
"""

Hits = list[dict[str, Any]]


@pytest.fixture(scope="module")
def loaded(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A graph of two articles."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in (("dam", DAM), ("strike", STRIKE)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    pages = [page for page in read([folder]) if isinstance(page, Page)]
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        prepare(session, load_model())
        write_run(session, RUN)
        for _ in write_pages(session, extract(load_pipeline(), pages), RUN):
            pass
    yield database
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()


@pytest.fixture
def find(server_settings: Settings, loaded: Database) -> Any:
    """Searches the graph, and gives the hits."""

    def found(text: str, *, first: int = 25, **wanted: Any) -> Hits:
        return list(search(server_settings, loaded, text, Wanted(**wanted), first=first))

    return found


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("U.S.", "The U.S. sent"),
        ("US engineers", "The U.S. sent"),
        ("1,000", "1,000 engineers"),
        ("O'Brien", "asked us"),
        ("O’Brien's weather", "asked us"),
        ("nguyen", "The U.S. sent"),
        (unicodedata.normalize("NFD", "NGUYỄN"), "The U.S. sent"),
        ("muller", "sending pumps"),
        ("country pump", "sending pumps"),
        ("engineer", "The U.S. sent"),
        ("Teachers end strike", "reopen"),
        ("“lake's water”", "water level"),
        ("What did Müller say about the lake?", "water level"),
    ],
)
def test_words_are_found_however_they_are_written(find: Any, text: str, within: str) -> None:
    hits = find(text)
    certain = [hit for hit in hits if hit["match"] in ("PHRASE", "ALL_WORDS")]
    assert any(within in hit["text"] for hit in certain), [(h["match"], h["text"]) for h in hits]


def test_a_pronoun_is_no_country(find: Any) -> None:
    certain = [hit["text"] for hit in find("US") if hit["match"] == "ALL_WORDS"]
    assert certain
    assert not any("asked us" in text for text in certain)


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', "\\", "dam AND OR NOT", "text:dam", "dam*", "dam~ ^2", "[a TO b]", "/d.m/",
     "+dam -water", "(dam", "dam && || !", "{!x}", "_words:dam", "é 北京", "'; MATCH (n) RETURN n"],
)  # fmt: skip
def test_nothing_in_a_search_is_an_operator(find: Any, text: str) -> None:
    for hit in find(text):
        assert hit["match"] in ("PHRASE", "ALL_WORDS", "SOME_WORDS", "NEAR")
    if "dam" in text:
        assert find(text)[0]["text"], text


def test_what_stands_in_quotation_marks_is_in_every_hit(find: Any) -> None:
    assert [hit["match"] for hit in find('"sending pumps"')] == ["PHRASE"]
    assert find('"pumps sending"') == []
    assert {hit["match"] for hit in find('river "sending pumps" Mars')} == {"PHRASE"}


def test_phrases_come_first_then_all_words_then_the_others(find: Any) -> None:
    hits = find("the water level of the dam")
    ranks = {"PHRASE": 0, "ALL_WORDS": 1, "SOME_WORDS": 2, "NEAR": 2}
    order = [ranks[hit["match"]] for hit in hits]
    assert order == sorted(order)
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.skipif(not available(), reason="wordllama is not installed")
def test_what_shares_no_word_is_said_to_be_near(find: Any) -> None:
    hits = find("Will pay increase?")
    assert any("Salaries will not rise" in hit["text"] for hit in hits)
    (hit,) = (hit for hit in hits if "Salaries will not rise" in hit["text"])
    assert hit["match"] == "NEAR"
    assert hit["negative"]
    assert find("Will pay increase?", meaning=False) == []


def test_names_are_found_without_accents_and_with_a_slip(find: Any) -> None:
    for text in ("Carla Diaz", "CARLA DÍAZ", "Karla Díaz"):
        named = [hit for hit in find(text, types=("person",)) if hit["name"] == "Carla Díaz"]
        assert named, text
        assert (named[0]["match"] == "NEAR") == text.startswith("K")


def test_types_are_those_that_are_asked_for(find: Any) -> None:
    for types in (("claim",), ("article",), ("statement", "Article"), ()):
        hits = find("dam", types=types)
        assert hits
        assert not types or {hit["type"].lower() for hit in hits} <= {t.lower() for t in types}
    claims = find("dam", types=("claim",))
    assert all(claim["statements"] for claim in claims)
    assert find("Ana Müller", types=())[0]["type"] == "Person"


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"country": "US"}, "The U.S. sent"),
        ({"country": "United States"}, "The U.S. sent"),
        ({"speaker": "Ana Müller"}, "sending pumps"),
        ({"roles": ("spokesperson",)}, "floods"),
        ({"kinds": ("direct",)}, "The U.S. sent"),
        ({"denied": True}, "floods"),
        ({"negated": True}, "floods"),
        ({"until": date(2023, 12, 31)}, "The U.S. sent"),
        ({"where": {"text": {"contains": "pumps"}}}, "pumps"),
    ],
)
def test_filters_hold_for_every_hit(find: Any, wanted: dict[str, Any], says: str) -> None:
    text = "engineers sending pumps to the dam in the valley that floods"
    everything, some = find(text), find(text, **wanted)
    assert any(says in hit["text"] for hit in some)
    assert {hit["id"] for hit in some} < {hit["id"] for hit in everything} | {None}
    assert len(some) <= len(everything)
    assert find(text, since=date(2030, 1, 1), **wanted) == []


def test_a_filter_that_names_nothing_is_an_error_that_says_so(find: Any) -> None:
    with pytest.raises(AnswerError, match=r"'stament' is not a type; use one of .*statement"):
        find("dam", types=("stament",))
    with pytest.raises(UnknownNameError, match="Nobody Atall"):
        find("dam", speaker="Nobody Atall")
    with pytest.raises(AnswerError, match="between 1 and 10,000"):
        find("dam", first=0)
    with pytest.raises(AnswerError, match="at most 500"):
        find("dam " * 200)


def test_facets_count_the_statements_found(server_settings: Settings, loaded: Database) -> None:
    text = """{ search(text: "dam river", types: [CLAIM]) { totalCount facets {
      byRole { value count } byYear { year count } byKind { value count }
      bySpeaker { node { name } count } byCountry { node { name } count } } } }"""
    found = answer(server_settings, loaded, text, {})["search"]
    years = {item["year"]: item["count"] for item in found["facets"]["byYear"]}
    assert sum(years.values()) == found["totalCount"]
    assert years[2023] >= 3
    kinds = sum(item["count"] for item in found["facets"]["byKind"])
    assert kinds == found["totalCount"]
    assert "SPOKESPERSON" in {item["value"] for item in found["facets"]["byRole"]}


def test_pages_of_hits_join(server_settings: Settings, loaded: Database) -> None:
    document = """query ($after: String) { search(text: "dam water", types: [STATEMENT], first: 2,
      after: $after) { edges { match node { id } } pageInfo { endCursor hasNextPage } } }"""
    whole = search(server_settings, loaded, "dam water", Wanted(), first=100)
    ids, after, more = [], None, True
    while more:
        page = answer(server_settings, loaded, document, {"after": after})["search"]
        ids += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert ids == [hit["id"] for hit in whole]


def test_what_is_derived_is_made_anew_where_it_is_missing(find: Any, loaded: Database) -> None:
    read_derived = (
        "MATCH (n:Statement|Article) "
        "RETURN n.id AS id, n._words AS words, n._vector AS v, n._folded AS f"
    )
    with loaded.session() as session:
        before = {row["id"]: row.data() for row in session.run(read_derived)}
        assert all(row["words"] for row in before.values() if row["id"].startswith("statement/"))
        session.run("MATCH (n:Statement|Article) REMOVE n._words, n._vector, n._folded").consume()
        for name in (STATEMENTS_INDEX, MEANING_INDEX):
            session.run(f"DROP INDEX {name}").consume()
        prepare(session, load_model())
        assert {row["id"]: row.data() for row in session.run(read_derived)} == before
        session.run("MATCH (n:Statement) SET n._vector = [0.1]").consume()
        complete(session, everything=True)
        assert {row["id"]: row.data() for row in session.run(read_derived)} == before
    assert find("sending pumps")[0]["match"] == "PHRASE"


def test_the_command_says_how_hits_match_and_when_there_are_none(
    server_settings: Settings, loaded: Database, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def printed(text: str, *, as_json: bool = False, **wanted: Any) -> tuple[bool, str, str]:
        target = answer_target(None, "json") if as_json else None
        found = run_search(server_settings, loaded, text, Wanted(**wanted), first=3, target=target)
        out, err = capfdbinary.readouterr()
        return found, out.decode(), err.decode()

    found, out, err = printed("sending pumps")
    assert found
    assert "phrase" in out
    assert "Ana Müller" in out
    assert "hit" in err
    _, out, _ = printed("valley floods")
    assert "denied" in out
    found, out, _ = printed("sending pumps", as_json=True)
    told = json.loads(out)
    assert told["totalCount"] >= len(told["hits"]) > 0
    assert told["hits"][0]["match"] == "PHRASE"
    found, out, err = printed("sending pumps", since=date(2030, 1, 1))
    assert (found, out) == (False, "")
    assert "Nothing was found" in err
    assert "without the filters" in err


def test_the_indexes_are_asked_once_however_much_is_told() -> None:
    text = """query ($t: String!) { search(text: $t, types: [STATEMENT], roles: [EXPERT],
      where: { negated: { eq: false } }) { totalCount edges { match node { id } }
      facets { byRole { value count } byYear { year count } byCountry { count } } } }"""
    catalog = load_catalog()
    made = executable(create_schema(catalog))
    compiled, _ = Engine(None, made, catalog).compiled(prepare_document(made, text), {"t": "dam"})
    assert compiled.statement.count("db.index.vector.queryNodes") == 1
