"""Answers as rows: their shape follows from the document, whatever is found."""

from typing import Any

import pytest

from api.tables.flattening import rows_of

BO = {"name": "Bo Ek", "aliases": []}
CASES: dict[str, tuple[str, dict[str, Any], list[dict[str, Any]]]] = {
    "nodes": (
        "{ people { totalCount pageInfo { hasNextPage } nodes { name aliases } } }",
        {"people": {"totalCount": 1, "pageInfo": {"hasNextPage": False}, "nodes": [BO]}},
        [BO],
    ),
    "edges": (
        '{ search(text: "dam") { edges { cursor score node { id ... on Person { name } } } } }',
        {"search": {"edges": [{"cursor": "x", "score": 2, "node": {"id": "1", "name": "Bo"}}]}},
        [{"score": 2, "id": "1", "name": "Bo"}],
    ),
    "inside": (
        "{ people { nodes { name statements(first: 1) { totalCount nodes { text } } } } }",
        {
            "people": {
                "nodes": [{"name": "Bo", "statements": {"totalCount": 3, "nodes": [{"text": "x"}]}}]
            }
        },
        [{"name": "Bo", "statements": [{"text": "x"}], "statements.totalCount": 3}],
    ),
    "around": (
        '{ country(id: "KE") { name capital: iso2 claims { totalCount nodes { text } } } }',
        {
            "country": {
                "name": "Kenya",
                "capital": "KE",
                "claims": {"totalCount": 2, "nodes": [{"text": "x"}, {"text": "y"}]},
            }
        },
        [
            {"country.name": "Kenya", "country.capital": "KE", "text": "x"},
            {"country.name": "Kenya", "country.capital": "KE", "text": "y"},
        ],
    ),
    "nothing": (
        '{ country(id: "KE") { name claims { nodes { text } } } }',
        {"country": {"name": "Kenya", "claims": {"nodes": []}}},
        [],
    ),
    "no-thing": ('{ country(id: "XX") { name } }', {"country": None}, []),
    "a-thing": (
        '{ country(id: "KE") { name } }',
        {"country": {"name": "Kenya"}},
        [{"name": "Kenya"}],
    ),
    "fragments": (
        "query Q { people { ...Page } } fragment Page on PersonConnection { nodes { ...Name } }"
        " fragment Name on Person { name aliases }",
        {"people": {"nodes": [BO]}},
        [BO],
    ),
    "counts": (
        "{ statements { aggregate { byCountry { count node { name } } } } }",
        {"statements": {"aggregate": {"byCountry": [{"count": 2, "node": {"name": "Kenya"}}]}}},
        [{"count": 2, "node": {"name": "Kenya"}}],
    ),
    "several": (
        "{ stats { articles } statements { totalCount nodes { text } } }",
        {"stats": {"articles": 1}, "statements": {"totalCount": 1, "nodes": [{"text": "x"}]}},
        [{"stats": {"articles": 1}, "statements": [{"text": "x"}], "statements.totalCount": 1}],
    ),
    "number": ("{ people { totalCount } }", {"people": {"totalCount": 3}}, [{"totalCount": 3}]),
    "paths": (
        '{ path(from: "1", to: "2") { length nodes { id } } }',
        {"path": [{"length": 1, "nodes": [{"id": "1"}]}]},
        [{"length": 1, "nodes": [{"id": "1"}]}],
    ),
}


@pytest.mark.parametrize(("text", "data", "rows"), CASES.values(), ids=CASES)
def test_answers_are_rows(text: str, data: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    found = rows_of(text, data)
    assert found == rows
    assert found.answer is data


def test_nodes_win_over_their_edges() -> None:
    data = {"coCited": {"edges": [{"name": "edge", "articles": 2, "node": {"name": "node"}}]}}
    (row,) = rows_of("{ coCited { edges { name articles node { name } } } }", data)
    assert row == {"name": "node", "articles": 2}
