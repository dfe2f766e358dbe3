"""Questions that people type: floors of what a search finds, beside words or vectors alone."""

import json

import pytest

from ontology.meaning import available
from queries.database import Database
from queries.settings import Settings
from tests.evaluation.searching import QUESTIONS, Found, load, measure

FLOORS = {"first": 0.64, "among": 0.84, "reciprocal": 0.72}
"""Of all questions: measured .67, .86 and .74."""
WORDS_AMONG = 0.95
"""Of questions in the article's own words."""
NEAR_ONLY = 0.9
"""Of unanswerable questions: measured .92."""


@pytest.fixture(scope="module")
def found(server_settings: Settings, database: Database) -> Found:
    """What the questions find over the claims that newsgraph finds in the texts."""
    if not available():
        pytest.skip("wordllama is not installed: it has no wheels for this machine")
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        load(session)
    try:
        return measure(server_settings, database, json.loads(QUESTIONS.read_text("utf-8")))
    finally:
        with database.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_what_is_found_stays_above_its_floor(found: Found, figure: str, floor: float) -> None:
    assert getattr(found.search["all"], figure) >= floor


def test_no_class_of_questions_is_worse_than_by_words_alone(found: Found) -> None:
    for name, figures in found.search.items():
        assert figures.among >= found.words[name].among, name


def test_it_is_better_than_words_or_vectors_alone(found: Found) -> None:
    for other in (found.words, found.vectors):
        assert found.search["all"].among > other["all"].among
        assert found.search["all"].reciprocal > other["all"].reciprocal


def test_the_articles_own_words_find_it(found: Found) -> None:
    assert found.search["words"].among >= WORDS_AMONG


def test_what_has_no_answer_finds_nothing_but_what_is_near(found: Found) -> None:
    assert found.near_only >= NEAR_ONLY
