"""Claims that are the same but for a few words are linked, with a score, and only they."""

import random
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Session

from api.rdf.export import export
from api.rdf.validation import validate
from loader.graph.importing import import_file
from loader.graph.removing import remove
from loader.graph.similarity import matched, score, sketches, words_of
from ontology import iris
from ontology.records import ExtractedPage
from queries.database import Database
from queries.saving import save
from tests.loader.graph.test_writer import empty, snapshot, write
from tests.loader.graph.written_articles import Told, pages_that_say

DAM = (
    "the old dam above the northern valley will hold through the coming winter although its"
    " gates were built for much smaller floods than those of this autumn"
)
LONGER = DAM.replace("although its gates", "although its heavy gates")
OTHER_WORD = DAM.replace("coming winter", "approaching winter")


def test_a_word_more_or_another_word_is_the_same_claim() -> None:
    for text in (LONGER, OTHER_WORD):
        found = matched(words_of(DAM), words_of(text))
        assert found is not None
        assert 900 <= found < 1000


@pytest.mark.parametrize(
    "text",
    [
        DAM.replace("will hold", "will not hold"),
        DAM.replace("the old dam", "the 3 dam"),
        DAM.replace("northern", "Kenyan"),
        DAM.replace("coming", "Angela"),
        " ".join(reversed(DAM.split())),
        DAM.replace("coming winter", "summer months").replace("smaller floods", "larger rivers"),
    ],
)
def test_what_says_something_else_is_another_claim(text: str) -> None:
    assert matched(words_of(DAM), words_of(text)) is None


def test_small_words_and_marks_make_no_other_claim() -> None:
    for text in (DAM.replace("the coming", "a coming"), DAM.replace("valley", "valley,")):
        assert matched(words_of(DAM), words_of(text)) is not None


def test_claims_that_a_number_or_a_name_tells_apart_are_never_compared() -> None:
    template = "the {} dam above the northern valley will hold through the coming winter"
    words = ("3", "4", "Kenyan", "Angela")
    found = [set(sketches(words_of(template.format(word)))) for word in words]
    assert len(set.union(*found)) == sum(map(len, found))


def test_the_score_is_shared_words_in_order_over_all_words() -> None:
    assert score(("a", "b", "c"), ("a", "b", "c")) == 1000
    assert score(("a", "b", "c"), ("a", "c")) == 666
    assert score(("a", "b"), ("b", "a")) == 333


def test_short_claims_have_no_sketch() -> None:
    assert sketches(words_of("The dam will hold")) == ()
    assert len(sketches(words_of(DAM))) == 4


def test_nearly_all_claims_that_match_share_a_sketch() -> None:
    chosen = random.Random(7)
    words = ["".join(letters) + "wort" for letters in product("bdgklmnprstvwz", repeat=3)]
    missed = 0
    for _ in range(500):
        one = chosen.sample(words, 24)
        other = [*one]
        other[chosen.randrange(24)] = chosen.choice(words)
        missed += not set(sketches(tuple(one))) & set(sketches(tuple(other)))
    assert missed <= 10


SAID = (
    DAM,
    LONGER,
    OTHER_WORD,
    DAM.replace("will hold", "will not hold"),
    "The dam will hold",
    DAM.upper(),
)


def pages(said: Sequence[str]) -> list[ExtractedPage]:
    return pages_that_say(
        Told(author="Bo Ek", people=(), source="Bo Ek", says=text) for text in said
    )


def matches(session: Session) -> set[frozenset[str]]:
    rows = session.run(
        "MATCH (match:ClaimMatch)-[:BETWEEN]->(claim) RETURN match.id AS id,"
        " collect(claim.id) AS claims"
    )
    return {frozenset(row["claims"]) for row in rows}


def test_matches_are_linked_and_go_with_their_claims(graph: Database, tmp_path: Path) -> None:
    dam, longer, other = (iris.claim_id(text) for text in (DAM, LONGER, OTHER_WORD))
    with graph.session() as session:
        write(session, pages(SAID[:1]))
        assert matches(session) == set()
        write(session, pages(SAID))
        assert {frozenset((dam, longer)), frozenset((dam, other))} <= matches(session)
        before = snapshot(session)
        path = tmp_path / "graph.ttl"
        save(export(graph.driver, "turtle", database=graph.name), path)
        assert not validate(graph.driver, database=graph.name)
        remove(session, ["1.txt", "2.txt"])
        assert matches(session) == set()
        empty(session)
        import_file(graph.driver, path, database=graph.name)
        assert snapshot(session) == before


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_matches_depend_on_the_set_of_pages_only(graph: Database, data: st.DataObject) -> None:
    everything = pages(SAID)
    kept = data.draw(st.lists(st.sampled_from(everything), unique_by=lambda item: item.page.id))
    order = data.draw(st.permutations(everything))
    with graph.session() as session:
        empty(session)
        write(session, kept)
        wanted = snapshot(session)
        empty(session)
        write(session, order[:2], size=1)
        write(session, order)
        remove(session, [item.page.id for item in everything if item not in kept])
        assert snapshot(session) == wanted
