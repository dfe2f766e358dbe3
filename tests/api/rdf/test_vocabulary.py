"""The ontology is told under its name and under each version's."""

import pyoxigraph as ox
import pytest

from api.http.errors import ApiError
from api.rdf.vocabulary import router
from ontology.releases import NAMES, text, versions
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


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("media_type", FORMATS)
def test_it_is_told_now_and_as_it_was(name: str, media_type: str) -> None:
    for version in (None, *versions()):
        path = f"/{name}/{version}" if version else f"/{name}"
        told = ask(router(), path, headers={"accept": media_type})
        assert told.headers["content-type"].startswith(media_type)
        assert triples(told.text, FORMATS[media_type]) == triples(text(name, version))


def test_a_browser_gets_what_can_be_read() -> None:
    told = ask(router(), "/ontology", headers={"accept": "text/html,*/*;q=0.8"})
    assert told.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [("/ontology/9.9.9", "*/*", 404), ("/shapes", "image/png", 406)],
)
def test_what_is_not_there_is_refused(path: str, accept: str, status: int) -> None:
    with pytest.raises(ApiError) as refused:
        ask(router(), path, headers={"accept": accept})
    assert refused.value.status == status
