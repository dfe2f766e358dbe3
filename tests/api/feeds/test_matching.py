"""Documents narrowed down to the ids of what they list."""

import pytest

from api.feeds.matching import NoListError, narrow
from api.graphql.examples import read_questions
from api.graphql.waiting import check_document, schema


def _narrowed(text: str) -> str:
    made, _ = narrow(schema()[1], text)
    check_document(made)
    return " ".join(made.split())


def test_every_built_in_question_can_be_followed() -> None:
    for question in read_questions(None):
        assert "matchId: id" in _narrowed(question.query), question.name


def test_limits_are_lifted_and_other_arguments_stay() -> None:
    text = """query Q($w: StatementFilter, $n: Int!, $after: String) {
      statements(where: $w, first: $n, after: $after, orderBy: [{published: DESC}]) {
        totalCount nodes { text attributedTo { name } } } }"""
    made, used = narrow(schema()[1], text)
    assert used == {"w"}
    assert "statements(where: $w, first: 2147483647)" in made
    assert "published" in made
    assert "totalCount" not in made


def test_lists_are_found_behind_objects_fragments_and_aliases() -> None:
    text = """query Q { one: country(id: "country/KE") { name ...Said } }
      fragment Said on Country { all: statements(last: 3) { edges { node { id } } } }"""
    made = _narrowed(text)
    assert "one: country" in made
    assert "all: statements(first: 2147483647)" in made
    assert "name" not in made.replace("__typename", "")


def test_a_search_keeps_to_what_a_search_may_find() -> None:
    made = _narrowed('{ search(text: "dam", first: 5) { edges { node { id } } } }')
    assert 'search(text: "dam", first: 10000)' in made
    assert "... on Statement { matchDate: published }" in made


@pytest.mark.parametrize(
    "text",
    ['{ country(id: "country/KE") { name } }', "{ statements { totalCount } }"],
)
def test_what_lists_nothing_is_refused_or_taken_as_a_list(text: str) -> None:
    if "statements" in text:
        assert "matchId" in _narrowed(text)
        return
    with pytest.raises(NoListError, match="no list"):
        narrow(schema()[1], text)
