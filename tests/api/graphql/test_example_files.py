"""The examples' files: read as they are, refused by name where they cannot be."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from api.graphql.examples import (
    EXAMPLES,
    ExamplesError,
    QuestionError,
    ask_with,
    question,
    read_examples,
    read_questions,
    unasked,
)
from api.rdf.sparql_job import twin
from queries import cypher


@pytest.mark.parametrize(
    "content",
    [
        "[1]",
        "{",
        '{"a": {"kind": "country"}}',
        '{"a": {"kind": "planet", "unnamed": "a planet"}}',
        '{"a": {"kind": "country", "unnamed": "a country", "more": 1}}',
    ],
)
def test_variables_that_are_not_said_as_they_should_be_are_refused_by_name(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / "a.graphql").write_text("{ __typename }")
    (tmp_path / "a.variables.json").write_text(content)
    with pytest.raises(ExamplesError, match=r"a\.variables\.json"):
        read_examples(tmp_path)


def test_questions_of_ones_own_stand_after_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "mine.graphql").write_text(
        "# Who spoke first?\nquery($n: Int, $where: StatementFilter) { __typename }"
    )
    given = {"n": 3, "where": {"kind": {"eq": "DIRECT"}}}
    (tmp_path / "mine.variables.json").write_text(json.dumps(given))
    *built_in, mine = read_questions(tmp_path)
    assert built_in == list(read_examples(EXAMPLES))
    assert (mine.name, mine.title) == ("mine", "Who spoke first?")
    assert unasked(mine).variables == given


async def asked_nothing(*_: object) -> list[dict[str, Any]]:
    raise AssertionError("the graph chooses no value of a question of one's own")


def test_a_value_of_ones_own_question_is_json_or_text(tmp_path: Path) -> None:
    (tmp_path / "mine.graphql").write_text("query($n: Int, $t: String) { __typename }")
    (tmp_path / "mine.variables.json").write_text('{"n": 3, "t": "water"}')
    mine = question(read_questions(tmp_path), "mine")
    found = asyncio.run(ask_with(asked_nothing, mine, {"n": "5"}))
    assert found.variables == {"n": 5, "t": "water"}
    found = asyncio.run(ask_with(asked_nothing, mine, {"t": "deep water"}))
    assert found.variables == {"n": 3, "t": "deep water"}


def test_a_folder_of_questions_that_cannot_be_used_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ExamplesError, match=r"NEWSGRAPH_QUESTIONS names .*nowhere, which is no"):
        read_questions(tmp_path / "nowhere")
    (tmp_path / "denials.graphql").write_text("{ __typename }")
    with pytest.raises(ExamplesError, match=r"denials\.graphql is called like one"):
        read_questions(tmp_path)


def test_every_variable_has_its_place_in_document_title_statement_and_twin() -> None:
    for asked in read_examples(EXAMPLES):
        placed = [entry for entry in asked.variables if entry.kind != "cursor"]
        for entry in asked.variables:
            assert f"${entry.name}: " in asked.query, asked.name
        for entry in placed:
            assert f"{{{entry.name}}}" in asked.title, asked.name
            twin_text = (EXAMPLES / f"{asked.name}.sparql").read_text(encoding="utf-8")
            assert f"VALUES ?{entry.name} {{ UNDEF }}" in twin_text, asked.name
        assert (EXAMPLES / f"{asked.name}.cypher").is_file() == bool(placed), asked.name
        if placed:
            wanted = [f"AS {entry.name}" for entry in placed]
            assert all(name in cypher(f"examples/{asked.name}") for name in wanted), asked.name
        assert "{" not in unasked(asked).title


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("expert-on-a-country", "Did you mean experts-on-a-country"),
        ("claims", "claims-about-a-country"),
        ("xyz", "Choose one of: around-a-thing, "),
    ],
)
def test_a_question_that_is_not_there_is_refused_with_those_near_it(name: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        question(read_examples(EXAMPLES), name)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("one-country-on-another", "its variables are source (a country) and about (a country)"),
        ("search", "its variable is text (words to search for)"),
        ("denials", "it takes none"),
    ],
)
def test_a_variable_that_is_not_there_is_refused_with_those_that_are(name: str, told: str) -> None:
    asked = question(read_examples(EXAMPLES), name)
    with pytest.raises(QuestionError) as refused:
        asked.variable("nation")
    assert str(refused.value) == f"{name} has no variable 'nation': {told}."


def test_a_twin_takes_words_as_words_whatever_they_hold() -> None:
    asked = question(read_examples(EXAMPLES), "search")
    hostile = 'a" } DROP # \\ \n'
    one = unasked(asked)
    text = twin(asked, type(one)(name="", title="", query="", variables={"text": hostile}), base="")
    assert 'VALUES ?text { "a\\" } DROP # \\\\ \\n" }' in text
