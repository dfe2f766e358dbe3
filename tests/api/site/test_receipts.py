"""The receipt of a statement over HTTP, by the command and in Python: what its page gives."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import newsgraph
from api.jobs import run_receipt
from api.output import CommandError
from loader.extract.extraction import this_run
from ontology.receipts import Receipt, dumped, place_of, receipt
from ontology.records import ExtractedPage
from queries.database import Database
from queries.settings import Settings
from tests.api.http.conftest import Served

RUN = this_run(datetime(2026, 1, 31, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def receipts(seed_pages: tuple[ExtractedPage, ...], server_settings: Settings) -> list[Receipt]:
    """Those that extraction alone gives."""
    return [
        receipt(statement, place_of(article), RUN, base=server_settings.base)
        for page in seed_pages
        for article in page.articles
        for statement in article.statements
    ]


def test_every_receipt_is_that_of_the_page(site: Served, receipts: list[Receipt]) -> None:
    """Also of those whom other articles call by a fuller name."""
    assert len(receipts) > 80
    for made in receipts:
        answer = site.client.get(f"/{made['statement']['id']}/receipt.json")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/ld+json"
        assert answer.headers["content-disposition"] == 'attachment; filename="receipt.json"'
        assert answer.json() == made


def test_the_page_leads_to_its_receipt(site: Served, receipts: list[Receipt]) -> None:
    name = receipts[0]["statement"]["id"]
    assert f'href="/{name}/receipt.json" download' in site.client.get(f"/{name}").text


def test_a_receipt_that_is_not_there_is_said(site: Served) -> None:
    answer = site.client.get("/statement/none/receipt.json")
    assert answer.status_code == 404
    assert "The graph has no statement with the id statement/none." in answer.text


def test_a_downloaded_receipt_holds_with_its_page(
    site: Served, receipts: list[Receipt], seeds: Path, tmp_path: Path
) -> None:
    made = receipts[3]
    path = tmp_path / "receipt.json"
    path.write_bytes(site.client.get(f"/{made['statement']['id']}/receipt.json").content)
    assert newsgraph.verify(path, seeds).holds
    forged = json.loads(path.read_bytes())
    forged["statement"]["denied"] = not forged["statement"]["denied"]
    assert newsgraph.verify(forged, seeds / made["page"]["name"]).status == "differs"


def test_the_command_and_the_library_give_the_same(
    site: Served,
    database: Database,
    server_settings: Settings,
    receipts: list[Receipt],
    tmp_path: Path,
) -> None:
    made = receipts[-1]
    name = made["statement"]["id"]
    path = tmp_path / "receipt.json"
    run_receipt(server_settings, database, name.removeprefix("statement/"), str(path))
    assert path.read_bytes() == dumped(made)
    user, password = database.auth
    with newsgraph.connect(database.uri, user=user, password=password) as graph:
        assert graph.receipt(name)["statement"] == made["statement"]
        with pytest.raises(newsgraph.Error, match="no statement with the id statement/none"):
            graph.receipt("none")
    with pytest.raises(CommandError, match="no statement with the id person/x"):
        run_receipt(server_settings, database, "person/x", None)


def test_what_is_extracted_has_its_receipt(seeds: Path) -> None:
    path = sorted(seeds.glob("*.txt"))[0]
    article = next(one for one in newsgraph.extract(path) if one.statements)
    made = newsgraph.receipt(article, article.statements[0])
    assert newsgraph.verify(made, path).holds


def test_the_article_leads_to_the_words_where_they_were_published(
    site: Served, database: Database, seed_pages: tuple[ExtractedPage, ...]
) -> None:
    article = next(one for page in seed_pages for one in page.articles if len(one.statements) > 5)
    address = f"/article/{article.id.removeprefix('article/')}?acts=all"
    assert ":~:text=" not in site.client.get(address).text
    change = "MATCH (a:Article {id: $id}) SET a.url = $url"
    with database.session() as session:
        session.run(change, id=article.id, url="https://news.example/1").consume()
        shown = site.client.get(address).text
        session.run(change, id=article.id, url=None).consume()
    found = shown.count('href="https://news.example/1#:~:text=')
    assert found == len(article.statements)
