"""Tables over HTTP, from a server on a real port."""

import csv
import io
import json
import socket
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import networkx as nx
import openpyxl
import pytest

from api.http.auth import create_key
from queries.database import Database
from queries.settings import Settings
from tests.api.http.conftest import ARTICLES, PEOPLE, SAMPLE, Served, serving

DENIED = {"where": json.dumps({"denied": {"eq": True}})}


@pytest.fixture(scope="module")
def api(server_settings: Settings, database: Database) -> Iterator[Served]:
    """The API over invented news."""
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        session.run(SAMPLE, people=PEOPLE, articles=ARTICLES).consume()
    with serving(server_settings, database) as served:
        yield served
    with database.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()


def rows(reply: httpx.Response) -> list[dict[str, str]]:
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    found = list(csv.DictReader(io.StringIO(reply.text, newline="")))
    assert reply.headers["x-total-count"] == str(len(found))
    return found


def said(reply: httpx.Response, status: int) -> str:
    assert reply.status_code == status, reply.text
    return str(reply.json()["errors"][0]["message"])


def test_the_graph_is_one_table_or_all_of_them(api: Served) -> None:
    statements = api.client.get("/export.csv")
    assert statements.headers["content-disposition"] == 'attachment; filename="statements.csv"'
    assert len(rows(statements)) == ARTICLES
    people = api.client.get("/export.csv", params={"table": "people"})
    assert len(rows(people)) == PEOPLE
    archive = api.client.get("/export.zip")
    assert archive.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(archive.content)) as files:
        assert files.testzip() is None
        assert files.read("statements.csv") == statements.content
        lines = sum(
            len(list(csv.reader(io.StringIO(files.read(name).decode(), newline="")))) - 1
            for name in files.namelist()
        )
    assert archive.headers["x-total-count"] == str(lines)
    assert archive.content == api.client.get("/export.zip").content


def test_a_part_takes_the_parameters_of_the_rdf_exports(api: Served) -> None:
    kenya = rows(api.client.get("/export.csv", params={"country": "Kenya"}))
    assert kenya
    assert {row["countries"] for row in kenya} == {"Kenya"}
    one = rows(api.client.get("/export.csv", params={"article": "a7"}))
    assert [row["article_id"] for row in one] == ["article/a7"]
    late = rows(api.client.get("/export.csv", params={"since": "2024-02-01"}))
    assert late
    assert min(row["published"] for row in late) >= "2024-02-01"
    assert "no country called" in said(api.client.get("/export.csv?country=Atlantis"), 404)
    assert "not a date" in said(api.client.get("/export.csv?since=soon"), 400)
    assert "no table 'pepole'" in said(api.client.get("/export.csv?table=pepole"), 404)
    assert "holds one table" in said(api.client.get("/export.csv?table=people&table=claims"), 400)


def test_a_list_has_an_address_by_filter_and_order(api: Served) -> None:
    where = json.dumps({"about": {"some": {"id": {"eq": "country/FR"}}}})
    order = json.dumps([{"published": "ASC"}])
    found = rows(api.client.get("/table/statements.csv", params={"where": where, "orderBy": order}))
    assert found
    assert {row["country_ids"] for row in found} == {"country/FR"}
    days = [row["published"] for row in found]
    assert days == sorted(days)
    answer = api.ask(
        "query ($w: StatementFilter) { statements(where: $w, first: 100) { nodes { id } } }",
        w=json.loads(where),
    ).json()
    unsorted = rows(api.client.get("/table/statements.csv", params={"where": where}))
    told = [node["id"] for node in answer["data"]["statements"]["nodes"]]
    assert [row["id"] for row in unsorted] == told
    as_json = api.client.get("/table/statements.json", params={"where": where}).json()
    lines = api.client.get("/table/statements.jsonl", params={"where": where}).text.splitlines()
    assert as_json == [json.loads(line) for line in lines]
    assert [item["id"] for item in as_json] == told
    assert rows(api.client.get("/table/statements.csv", params=DENIED)) == []


def test_every_list_of_the_api_has_an_address(api: Served) -> None:
    kinds = api.ask("{ __schema { queryType { fields { name args { name } } } } }").json()
    lists = [
        field["name"]
        for field in kinds["data"]["__schema"]["queryType"]["fields"]
        if {"where", "orderBy", "first"}
        == {arg["name"] for arg in field["args"]} - {"after", "last", "before"}
    ]
    assert {"statements", "experts", "claimMatches"} <= set(lists)
    for name in lists:
        total = api.ask(f"{{ {name}(first: 1) {{ totalCount }} }}").json()["data"][name]
        found = api.client.get(f"/table/{name}.csv")
        assert len(rows(found)) == total["totalCount"]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/table/nothing.csv", 404, "no table 'nothing'; the tables are statements"),
        ("/table/people.csv?where={", 400, "'where' is not JSON"),
        ('/table/people.csv?where={"nmae":{"eq":"x"}}', 400, "nmae"),
        ('/table/people.csv?orderBy=[{"name":"UP"}]', 400, "UP"),
        ("/table/people.csv?first=3", 400, "'first' is not a parameter of a table"),
        ("/table/people.csv?where={}&where={}", 400, "'where' occurs twice"),
        (f"/table/people.csv?where={'[' * 60}{']' * 60}", 400, "nested"),
        ("/question/nothing.csv", 404, "no example query 'nothing'"),
        ("/question/denials.csv?country=KE", 404, "has no variable 'country'"),
        ("/question/experts-on-a-country.csv?country=Atlantis", 404, "no country called"),
        ("/answer.csv", 400, "The document is missing"),
        ("/answer.csv?query={people{nodes{nmae}}}", 400, "nmae"),
        ("/answer.csv?query={people(first:3000){nodes{name}}}", 400, "1 to 100 items"),
        ("/table/people.docx", 404, "does not exist"),
    ],
)
def test_what_cannot_be_had_is_said(api: Served, address: str, status: int, words: str) -> None:
    assert words in said(api.client.get(address), status)


def test_answers_are_tables(api: Served) -> None:
    query = """query Said($n: Int) { people(first: $n) {
      nodes { name statements(first: 2) { totalCount nodes { text published } } } } }"""
    asked = {"query": query, "variables": json.dumps({"n": 4})}
    found = rows(api.client.get("/answer.csv", params=asked))
    nodes = api.ask(query, n=4).json()["data"]["people"]["nodes"]
    assert [row["name"] for row in found] == [node["name"] for node in nodes]
    assert list(found[0]) == [
        "name",
        "statements.text",
        "statements.published",
        "statements.totalCount",
    ]
    for row, node in zip(found, nodes, strict=True):
        texts = [item["text"] for item in node["statements"]["nodes"]]
        assert row["statements.text"] == "; ".join(texts)
        assert row["statements.totalCount"] == str(node["statements"]["totalCount"])


def test_ready_questions_are_tables(api: Served) -> None:
    found = rows(api.client.get("/question/claims-about-a-country.csv?country=Kenya"))
    assert {row["country.name"] for row in found} == {"Kenya"}
    nothing = api.client.get("/question/denials.csv")
    assert rows(nothing) == []
    assert nothing.text.startswith("text,source,cue,")


def test_the_head_tells_how_many_rows_there_are(api: Served) -> None:
    reply = api.client.head("/table/people.csv")
    assert reply.headers["x-total-count"] == str(PEOPLE)
    assert "content-length" not in reply.headers
    assert reply.content == b""


def test_keys_are_asked_for(
    api: Served, server_settings: Settings, database: Database, tmp_path: Path
) -> None:
    key = create_key(tmp_path / "keys", "desk")
    changed = server_settings.model_copy(update={"api_keys": tmp_path / "keys"})
    with serving(changed, database) as served:
        for address in ("/export.csv", "/export.zip", "/table/people.csv", "/question/denials.csv"):
            assert served.client.get(address).status_code == 401
            allowed = served.client.get(address, headers={"Authorization": f"Bearer {key}"})
            assert allowed.status_code == 200


def test_a_stream_that_is_cut_can_be_told(
    api: Served, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value in the graph that the ontology does not allow ends the stream where it stands."""
    monkeypatch.setattr("api.tables.reading._PAGE", 5)
    with database.session() as session:
        session.run("MATCH (s:Statement {id: 'statement/a9-0'}) REMOVE s.text").consume()
    try:
        with pytest.raises(httpx.RemoteProtocolError, match=r"incomplete|peer closed"):
            api.client.get("/export.csv")
        with socket.create_connection(api.address) as raw:
            raw.sendall(b"GET /export.csv HTTP/1.1\r\nHost: localhost\r\n\r\n")
            raw.settimeout(20)
            received = b""
            while piece := raw.recv(65_536):
                received += piece
        assert b"x-total-count: 40" in received
        assert not received.endswith(b"0\r\n\r\n")
    finally:
        with database.session() as session:
            session.run(
                "MATCH (s:Statement {id: 'statement/a9-0'}) SET s.text = 'The dam will hold'"
            ).consume()


def test_every_format_has_an_address(api: Served) -> None:
    book = api.client.get("/export.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(book.content))["statements"].max_row == ARTICLES + 1
    one = api.client.get("/table/people.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(one.content)).sheetnames == ["people"]
    assert one.headers["x-total-count"] == str(PEOPLE)
    graphml = api.client.get("/export.graphml")
    assert len(nx.read_graphml(io.BytesIO(graphml.content))) == int(
        graphml.headers["x-total-count"]
    )
    gexf = api.client.get("/export.gexf", params={"country": "Kenya"})
    assert 0 < len(nx.read_gexf(io.BytesIO(gexf.content))) < int(graphml.headers["x-total-count"])
    for address in ("/export.xlsx", "/export.graphml", "/export.gexf"):
        assert api.client.get(address).content == api.client.get(address).content


def test_a_format_that_is_not_installed_is_told(
    api: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    words = said(api.client.get("/export.parquet"), 501)
    assert words == (
        "Parquet needs pyarrow, which is not installed: pip install 'newsgraph[parquet]'"
    )
    assert "newsgraph[ftm]" in said(api.client.get("/export.ftm"), 501)
