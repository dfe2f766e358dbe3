"""The ontology is told under its name and under each version's."""

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from api.vocabulary import router
from ontology.releases import NAMES, text, versions
from tests.api.asking_http import ask

FORMATS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/n-triples": "nt"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("media_type", FORMATS)
def test_it_is_told_now_and_as_it_was(name: str, media_type: str) -> None:
    for version in (None, *versions()):
        path = f"/{name}/{version}" if version else f"/{name}"
        told = ask(router(), path, headers={"accept": media_type})
        assert told.headers["content-type"].startswith(media_type)
        meant = Graph().parse(data=text(name, version), format="turtle")
        found = Graph().parse(data=told.text, format=FORMATS[media_type])
        if name == "ontology":
            assert isomorphic(found, meant)
        else:  # nearly all blank nodes: comparing those takes for ever
            assert len(found) == len(meant)


def test_a_browser_gets_what_can_be_read() -> None:
    told = ask(router(), "/ontology", headers={"accept": "text/html,*/*;q=0.8"})
    assert told.headers["content-type"].startswith("text/turtle")
