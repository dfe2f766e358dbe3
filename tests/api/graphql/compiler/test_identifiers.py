"""Ids as callers give them: ids, IRIs of any base, keys, codes, names."""

import pytest

from api.graphql.compiler.identifiers import Identifiers, Named, names_in, with_ids
from api.graphql.compiler.parameters import ArgumentError
from ontology.model import load_model

SEGMENTS = frozenset(item.segment for item in load_model().keyed)
IDS = Identifiers(SEGMENTS, "https://news.example/kg")


@pytest.mark.parametrize(
    ("segment", "value", "found"),
    [
        ("country", "UA", "country/UA"),
        ("country", "ukr", "country/UA"),
        ("country", "the Netherlands", "country/NL"),
        ("country", "Atlantis", "country/ATLANTIS"),
        ("country", "country/UA", "country/UA"),
        ("country", "https://news.example/kg/id/country/UA", "country/UA"),
        ("country", "http://127.0.0.1:8101/id/country/UA", "country/UA"),
        ("person", "ada-byron", "person/ada-byron"),
        ("person", "person/ada-byron", "person/ada-byron"),
        ("person", "organization/reuters", "organization/reuters"),
        ("person", "", "person/"),
        ("article", "1f", "article/1f"),
        ("article", "Some Title", "article/Some Title"),
    ],
)
def test_ids_keys_iris_and_countries_need_no_look_up(segment: str, value: str, found: str) -> None:
    assert IDS.of(segment, value) == found


@pytest.mark.parametrize("value", ["country/UA", "http://a.example/id/country/UA"])
def test_where_the_class_is_open_ids_and_iris_need_no_look_up(value: str) -> None:
    assert IDS.any(value) == "country/UA"
    assert IDS.any("") == ""


@pytest.mark.parametrize(
    ("segment", "value"), [("person", "Ada Byron"), ("organization", "Reuters"), ("person", "ÅSA")]
)
def test_a_name_is_looked_up_and_is_a_key_if_it_names_nothing(segment: str, value: str) -> None:
    named = IDS.of(segment, value)
    assert named == Named(text=value, kind=segment, otherwise=f"{segment}/{value}")
    values = {"p0": named, "p1": ["person/x", named], "p2": 3}
    assert names_in(values) == (named,)
    assert with_ids(values, {named: "person/y"}) == {
        "p0": "person/y",
        "p1": ["person/x", "person/y"],
        "p2": 3,
    }
    assert with_ids(values, {})["p0"] == f"{segment}/{value}"


def test_the_names_of_one_operation_are_bounded() -> None:
    many = [IDS.any(f"Name {number}") for number in range(101)]
    with pytest.raises(ArgumentError, match="at most 100 names"):
        names_in({"p0": many})
    assert len(names_in({"p0": many[1:]})) == 100


@pytest.mark.parametrize("value", ["x" * 1001, "http://a.example/id/person/" + "x" * 1000])
def test_a_value_that_is_too_long_is_refused(value: str) -> None:
    with pytest.raises(ArgumentError, match="1000 characters"):
        IDS.any(value)
