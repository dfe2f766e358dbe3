"""Identity: the same thing, the same id; every id an IRI, every IRI of ours an id."""

from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import iris

IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ODD = [
    "person/..",
    "person/./x",
    "person//",
    "a:b/c",
    "person/a b",
    "person/%41",
    "person/<é>",
    "?#",
]


@given(IDS)
def test_an_iri_leads_back_to_its_id(identifier: str) -> None:
    assert iris.identifier(iris.iri(identifier)) == identifier


@given(IDS)
def test_every_iri_is_one_by_the_strict_parser(identifier: str) -> None:
    line = f"<{iris.iri(identifier)}> <http://example.org/p> <{iris.iri(identifier)}> .\n"
    (triple,) = ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES)
    assert triple.subject == ox.NamedNode(iris.iri(identifier))


@given(IDS.map(lambda text: f"person/{text}"))
def test_a_path_below_the_base_is_the_iri(identifier: str) -> None:
    text = (
        f"@base <http://127.0.0.1:8000/id/> . <{iris.path(identifier)}> a <http://example.org/T> ."
    )
    (triple,) = ox.parse(input=text, format=ox.RdfFormat.TURTLE)
    assert triple.subject == ox.NamedNode(iris.iri(identifier))


@pytest.mark.parametrize("identifier", ODD)
def test_odd_ids_are_percent_encoded(identifier: str) -> None:
    assert iris.identifier(iris.iri(identifier)) == identifier
    assert urljoin("http://127.0.0.1:8000/id/", iris.path(identifier)) == iris.iri(identifier)


@pytest.mark.parametrize(
    "iri", ["http://other/id/person/x", "person/x", "http://127.0.0.1:8000/id/person/%61"]
)
def test_an_iri_that_was_not_minted_here_is_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        iris.identifier(iri)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Viktor Orbán", "viktor orban"),
        ("O’Brien", "O'Brien"),
        ("Jean-Luc  Picard", "Jean Luc Picard"),
        ("Caf\u00e9", "Cafe\u0301"),
    ],
)
def test_spellings_of_a_name_share_an_id(name: str, same: str) -> None:
    assert iris.person_id(name) == iris.person_id(same)


@pytest.mark.parametrize("name", ["习近平", "Ωμέγα", "!!!", ""])
def test_every_name_has_an_id(name: str) -> None:
    assert iris.key(iris.person_id(name))
