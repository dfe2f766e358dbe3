"""Documents compile to the statements written beside them, which hold no value of a caller."""

from typing import Any

import pytest
from graphql import GraphQLError, GraphQLSchema

from api.graphql.compiler.catalog import Catalog
from api.graphql.compiler.parameters import ArgumentError
from api.graphql.examples import EXAMPLES
from tests.api.graphql.compiler.goldens import CASES, compiled, documents


@pytest.mark.parametrize(
    ("name", "text", "variables"), [*documents(CASES)], ids=lambda v: str(v)[:30]
)
def test_documents_compile_to_their_statements(
    schema: GraphQLSchema, catalog: Catalog, name: str, text: str, variables: dict[str, Any]
) -> None:
    # python -m tests.api.graphql.compiler.goldens cases
    expected = (CASES / f"{name}.cypher").read_text(encoding="utf-8")
    assert compiled(schema, catalog, text, variables) == expected


HOSTILE = "'}) DETACH DELETE n //\\u0027"


def test_no_value_of_a_caller_is_in_a_statement(schema: GraphQLSchema, catalog: Catalog) -> None:
    text = """query ($v: String!, $i: ID!, $l: [String!]) {
      person(id: $i) { statements(where: {text: {contains: $v}, cue: {in: $l}}) { totalCount } }
      search(text: $v) { totalCount }
      path(from: $i, to: $i) { length }
      neighbors(id: $i) { totalCount }
      coCited(person: $i) { totalCount }
      claimsBetween(source: $i, about: $i) { totalCount }
      node(id: $i) { id }
      articles(where: {title: {eq: $v}, noise: {has: $v}}) { totalCount }
    }"""
    given = {"v": HOSTILE, "i": HOSTILE, "l": [HOSTILE]}
    statement = compiled(schema, catalog, text, given).partition("RETURN\n")[2]
    assert "DETACH" not in statement
    assert "DELETE" not in statement


def test_other_values_have_the_same_statement(schema: GraphQLSchema, catalog: Catalog) -> None:
    text = """query ($where: ArticleFilter, $first: Int) {
      articles(where: $where, first: $first) { nodes { id } }
    }"""
    statements = [
        compiled(schema, catalog, text, {"where": {"title": {"in": titles}}, "first": first})
        for titles, first in ((["a"], 1), (["b", "c"], 20))
    ]
    first, second = (statement.partition("RETURN\n")[2] for statement in statements)
    assert first == second


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{ articles(first: 0) { totalCount nodes { id } } }", "'first' must be between 1 and 100"),
        ("{ articles(first: 101) { nodes { id } } }", "'first' must be between 1 and 100"),
        ('{ articles(after: "x") { nodes { id } } }', "The cursor is malformed"),
        ('{ articles(after: "eyJhIjoxfQ") { nodes { id } } }', "The cursor is malformed"),
        ('{ articles(after: "WzEsMl0") { nodes { id } } }', "The cursor belongs to another list"),
        (
            '{ path(from: "a", to: "b", maxLength: 7) { length } }',
            "'maxLength' must be between 1 and 6",
        ),
        (f'{{ search(text: "{"a" * 501}") {{ totalCount }} }}', "at most 500 characters"),
        (f'{{ node(id: "{"a" * 1001}") {{ id }} }}', "at most 1000 characters"),
    ],
)
def test_arguments_of_no_use_are_refused_in_words(
    schema: GraphQLSchema, catalog: Catalog, document: str, message: str
) -> None:
    with pytest.raises(ArgumentError, match=message) as caught:
        compiled(schema, catalog, document, {})
    assert caught.value.extensions == {"code": "BAD_USER_INPUT"}


def test_an_order_names_exactly_one_thing(schema: GraphQLSchema, catalog: Catalog) -> None:
    text = "query ($o: [ArticleOrder!]) { articles(orderBy: $o) { totalCount } }"
    for order in ({}, {"id": "ASC", "title": "ASC"}, {"id": None}):
        with pytest.raises(GraphQLError):
            compiled(schema, catalog, text, {"o": [order]})


def test_filters_are_bounded(schema: GraphQLSchema, catalog: Catalog) -> None:
    text = "query ($w: ArticleFilter) { articles(where: $w) { totalCount } }"
    many = {"or": [{"title": {"eq": "x"}}] * 300}
    with pytest.raises(ArgumentError, match="more than 200 conditions"):
        compiled(schema, catalog, text, {"w": many})
    with pytest.raises(ArgumentError, match="at most 1000 entries"):
        compiled(schema, catalog, text, {"w": {"title": {"in": ["x"] * 1001}}})


def test_a_plan_does_not_grow_beyond_its_bound(schema: GraphQLSchema, catalog: Catalog) -> None:
    levels = 14
    fragments = [
        f"fragment f{i} on Agent {{ a: statements {{ nodes {{ attributedTo {{ ...f{i + 1} }} }} }} "
        f"... on Person {{ b: statements {{ nodes {{ attributedTo {{ ...f{i + 1} }} }} }} }} }}"
        for i in range(levels)
    ]
    text = (
        f"{{ statements {{ nodes {{ attributedTo {{ ...f0 }} }} }} }} {' '.join(fragments)} "
        f"fragment f{levels} on Agent {{ name }}"
    )
    with pytest.raises(ArgumentError, match="more than 2000 fields"):
        compiled(schema, catalog, text, {})


@pytest.mark.parametrize("name", [path.stem for path in sorted(EXAMPLES.glob("*.graphql"))])
def test_every_example_starts_with_its_question(name: str) -> None:
    first = (EXAMPLES / f"{name}.graphql").read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# ")
    assert first.endswith("?")
