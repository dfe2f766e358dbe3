"""A claim's page and its fields in GraphQL tell where the claim comes from, and what shows it."""

import re
from html import unescape

import newsgraph
from ontology.records import ExtractedPage
from queries.database import Database
from queries.settings import Settings
from tests.api.http.conftest import serving
from tests.loader.graph.test_origins import CLAIM, PAGES, REPORT
from tests.loader.graph.test_writer import write

QUESTION = """
query ($id: ID!) {
  claim(id: $id) {
    origins(orderBy: [{ articlesCount: DESC }]) {
      totalCount
      nodes {
        reasons
        articles { totalCount }
        evidence { nodes { reason quote span inArticle { id } } }
      }
    }
  }
}
"""


def test_a_claim_says_of_how_many_origins_it_is_at_most(
    server_settings: Settings, graph: Database
) -> None:
    with graph.session() as session:
        write(
            session,
            [ExtractedPage(page=item.page, articles=(item,)) for item in newsgraph.extract(PAGES)],
        )
    with serving(server_settings, graph) as served:
        html = served.client.get(f"/{CLAIM}", headers={"accept": "text/html"}).text
        asked = {"query": QUESTION, "variables": {"id": CLAIM}}
        answer = served.client.post("/graphql", json=asked).json()
        link = re.search(r'href="(/article/[^"#]+#:~:text=[^"]+)"', html)
        assert link
        assert served.client.get(link[1]).status_code == 200
    told = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    assert "5 articles, at most 3 independent origins" in told
    assert "3 articles: credited to the same agency and the same passage" in told
    assert "NAIROBI (Reuters)" in told
    assert "Nothing joins these to others" in told
    found = answer["data"]["claim"]["origins"]
    assert found["totalCount"] == 3
    largest = found["nodes"][0]
    assert largest["reasons"] == ["CREDIT", "PASSAGE"]
    assert largest["articles"]["totalCount"] == 3
    quotes = {item["quote"] for item in largest["evidence"]["nodes"]}
    assert {"NAIROBI (Reuters)", "By Reuters"} <= quotes
    assert any(quote in REPORT for quote in quotes)
