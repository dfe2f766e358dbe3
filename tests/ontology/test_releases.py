"""What was published stays as it was, and what comes after it takes nothing away."""

import hashlib
import itertools

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import OWL

from ontology.model import load_model
from ontology.releases import FOLDER, NAMES, SUMS, ReleaseError, number, text, versions
from ontology.terms import NAMESPACE, ONTOLOGY

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def graph(version: str | None) -> Graph:
    return Graph().parse(data=text("ontology", version), format="turtle")


def terms(found: Graph) -> set[str]:
    subjects = (term for kind in KINDS for term in found.subjects(RDF.type, kind))
    return {str(term) for term in subjects if str(term).startswith(NAMESPACE)}


def test_a_published_version_never_changes() -> None:
    lines = SUMS.read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split() for line in lines)}
    files = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.glob("*/*.ttl")}
    assert set(told) == set(files)
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == told[name], name


@pytest.mark.parametrize("version", versions())
def test_a_published_version_says_its_number(version: str) -> None:
    found = graph(version)
    assert str(found.value(ONTOLOGY, OWL.versionInfo)) == version
    assert found.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")


def test_the_ontology_is_a_published_version_or_names_the_one_before() -> None:
    version = load_model().version
    if version in versions():
        for name in NAMES:
            assert text(name) == text(name, version), "published: give it the next number"
        return
    assert number(version) > number(versions()[-1])
    prior = graph(None).value(ONTOLOGY, OWL.priorVersion)
    assert prior == URIRef(f"{ONTOLOGY}/{versions()[-1]}")


def test_no_term_is_ever_removed() -> None:
    history = [terms(graph(version)) for version in (*versions(), None)]
    for before, after in itertools.pairwise(history):
        assert before - after == set()


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(ReleaseError, match=r"published are .*1\.0\.0"):
        text("ontology", "9.9.9")
