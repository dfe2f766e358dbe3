"""Links into Bloom: each phrase typed as Bloom knows it, with values that it finds something by."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from neo4j import Query

from api.bloom import bloom_links, write_perspective
from api.bloom.links import DESKTOP, address
from api.bloom.phrases import read_phrases
from queries.database import Database


@pytest.mark.parametrize("bloom", [DESKTOP, "http://localhost:7474/bloom/"])
def test_every_phrase_has_a_link_that_runs_it(seeded: Database, bloom: str) -> None:
    perspective = json.loads(write_perspective(seeded))
    links = {link.name: link for link in bloom_links(seeded, bloom)}
    assert set(links) == {phrase.name for phrase in read_phrases()}
    with seeded.session() as session:
        for phrase in read_phrases():
            link = links[phrase.name]
            assert link.address.startswith(f"{bloom}?search=")
            asked = parse_qs(urlsplit(link.address).query, strict_parsing=True)
            assert asked == {
                "search": [link.search],
                "perspective": [perspective["name"]],
                "run": ["true"],
            }
            values = read_back(phrase.text, link.search)
            assert set(values) == {parameter.name for parameter in phrase.parameters}
            assert session.run(Query(phrase.statement), values).peek() is not None


def read_back(text: str, typed: str) -> dict[str, str]:
    """The values of a phrase's parameters: what stands between its words."""
    found = re.fullmatch(re.sub(r"\\\$(\w+)", r"(?P<\1>.+?)", re.escape(text)), typed)
    assert found is not None, typed
    return found.groupdict()


def test_what_an_address_cannot_hold_is_encoded() -> None:
    found = address('Who cites "A&B" = 100 %?', "http://localhost/bloom/")
    assert " " not in found
    asked = parse_qs(urlsplit(found).query, strict_parsing=True)
    assert asked["search"] == ['Who cites "A&B" = 100 %?']


def test_a_graph_without_anything_has_no_links(graph: Database) -> None:
    assert bloom_links(graph) == ()
