"""Feeds from a server on a real port, and what else serves a saved question."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from queries.database import Database
from queries.settings import Settings
from tests.api.http.conftest import ARTICLES, PEOPLE, SAMPLE, Served, serving

DOCUMENT = """# What is said about Kenya
{
  statements(first: 3, where: { about: { some: { id: { eq: "country/KE" } } } }) { nodes { text } }
}
"""


@pytest.fixture(scope="module")
def api(
    server_settings: Settings, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        session.run(SAMPLE, people=PEOPLE, articles=ARTICLES).consume()
    with serving(server_settings.model_copy(update={"home": home}), database) as served:
        (home / "questions").mkdir(exist_ok=True)  # saved while it serves
        (home / "questions" / "kenya.graphql").write_text(DOCUMENT)
        yield served
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()


def test_a_saved_question_is_a_feed_as_soon_as_it_is_saved(api: Served) -> None:
    home = api.client.get("/", headers={"Accept": "text/html"}).text
    assert '<link rel="alternate" type="application/atom+xml" title="kenya"' in home
    assert "What is said about Kenya" in api.client.get("/feeds").text
    reply = api.client.get("/feeds/kenya.atom")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/atom+xml"
    read = feedparser.parse(reply.content)
    assert not read.bozo
    table = api.client.get("/question/kenya.csv")
    assert table.headers["x-total-count"] == "3"
    assert len(read.entries) > 3
    texts = {row["text"] for row in csv.DictReader(io.StringIO(table.text, newline=""))}
    assert all(any(text in entry.content[0].value for text in texts) for entry in read.entries)
    again = api.client.get("/feeds/kenya.atom", headers={"If-None-Match": reply.headers["etag"]})
    assert again.status_code == 304
    page = api.client.get(read.entries[0].link.replace("http://127.0.0.1:8000", ""))
    assert page.status_code == 200


def test_a_list_says_how_to_follow_it(api: Served) -> None:
    page = api.client.get("/statements?said=denied", headers={"Accept": "text/html"}).text
    assert "newsgraph save NAME --from '/statements?said=denied'" in page


def test_what_is_no_feed_is_said(api: Served) -> None:
    reply = api.client.get("/feeds/nothing.atom")
    assert reply.status_code == 404
    assert "kenya" in reply.json()["errors"][0]["message"]
    shown = api.client.get("/feeds/nothing.atom", headers={"Accept": "text/html"})
    assert shown.status_code == 404
    assert "There is no feed" in shown.text


def test_a_home_that_cannot_be_written_to_is_said(
    api: Served, server_settings: Settings, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    questions = tmp_path / "questions"
    questions.mkdir()
    (questions / "kenya.graphql").write_text(DOCUMENT)
    changes = {"home": tmp_path / "home", "questions": questions}
    with serving(server_settings.model_copy(update=changes), database) as served:
        reply = served.client.get("/feeds/kenya.atom")
        assert reply.status_code == 400
        assert "NEWSGRAPH_HOME" in reply.text
