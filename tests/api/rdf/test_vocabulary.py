"""The ontology is served under its name, and under its version."""

import pyoxigraph as ox
import pytest
from rdflib.namespace import OWL

from api.http.errors import ApiError
from api.rdf.vocabulary import router
from ontology.model import load_model
from ontology.terms import FILES, ONTOLOGY, ontology_graph, turtle
from tests.api.asking_http import ask

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}


def triples(turtle: str, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> ox.Dataset:
    found = ox.Dataset(ox.parse(input=turtle, format=form))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("media_type", FORMATS)
def test_it_is_served_with_and_without_its_version(name: str, media_type: str) -> None:
    for path in (f"/{name}", f"/{name}/{load_model().version}"):
        told = ask(router(), path, headers={"accept": media_type})
        assert told.headers["content-type"].startswith(media_type)
        assert triples(told.text, FORMATS[media_type]) == triples(turtle(name))


def test_the_version_iri_leads_to_the_ontology() -> None:
    iri = str(ontology_graph().value(ONTOLOGY, OWL.versionIRI))
    told = ask(router(), f"/ontology{iri.removeprefix(str(ONTOLOGY))}")
    assert triples(told.text) == triples(turtle("ontology"))


def test_a_browser_gets_what_can_be_read() -> None:
    told = ask(router(), "/ontology", headers={"accept": "text/html,*/*;q=0.8"})
    assert told.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/ontology/9.9.9", "*/*", 404),
        ("/ontology/1.2.0", "*/*", 404),
        ("/shapes/1", "*/*", 404),
        ("/shapes", "image/png", 406),
    ],
)
def test_what_is_not_there_is_refused(path: str, accept: str, status: int) -> None:
    with pytest.raises(ApiError) as refused:
        ask(router(), path, headers={"accept": accept})
    assert refused.value.status == status
