"""The tables of the graph: what is in them equals GraphQL's answers, and nothing is left out."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator

import pytest

from api.graphql.waiting import AnswerError, Asker
from api.rdf.parts import Part, part_ids
from api.tables.columns import Table, tables, whole_tables
from api.tables.formats import TABLE_FORMATS, write_zip
from api.tables.plain import write_csv, write_json, write_lines
from api.tables.reading import read_list, read_table
from api.tables.sheet import Sheet, Tally
from ontology.model import load_model
from queries.database import Database
from queries.formulas import defused, restored
from tests.api.tables.conftest import BASE, made_up


def written(sheet: Sheet, write: Callable[[Sheet], Iterator[bytes]] = write_csv) -> bytes:
    return b"".join(write(sheet))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def count(database: Database, label: str) -> int:
    with database.session() as session:
        found = session.run(f"MATCH (n:{label}) RETURN count(n) AS n").single(strict=True)
    return int(found["n"])


def test_every_class_of_the_ontology_is_a_table_with_all_it_says() -> None:
    by_type = {table.type.removeprefix("Any"): table for table in tables().values() if table.whole}
    for item in load_model().concrete:
        paths = {path for field in by_type[item.label].fields for path in field.paths}
        begun = {path.partition(".")[0] for path in paths}
        assert {entry.key for entry in item.properties} <= begun, item.label
        assert {edge.name for edge in item.relationships} <= begun, item.label


@pytest.mark.parametrize("table", tables().values(), ids=lambda table: table.name)
def test_columns_are_named_once_and_described(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() for name in names)
    assert all(column.description for column in table.columns)


def test_a_table_has_a_row_for_each_node(asker: Asker, seeded: Database) -> None:
    for name in whole_tables():
        table = tables()[name]
        sheet = read_table(asker, table)
        rows = rows_of(written(sheet))
        assert len(rows) == sheet.total == count(seeded, table.type.removeprefix("Any")), name
        ids = [row["id"] for row in rows]
        assert ids == sorted(ids)


def test_the_row_of_a_statement_says_what_graphql_says(asker: Asker) -> None:
    document = """{ statements(first: 1000) { nodes {
        id iri text kind act denied negative negated hedged question headline source cue published
        start contentSpans attributedTo { id name __typename }
        about(first: 100) { nodes { id name } }
        expresses { id text matches(first: 100) { nodes { between(first: 2) { nodes { id } } } } }
        statedIn { id title url publishedBy { id name } writtenBy(first: 9) { nodes { name } }
          fromPage(first: 9) { nodes { name } }
          citations(first: 1000) { nodes { role description of { id } } } } } } }"""
    told = asker.ask(asker.prepare(document), {})["statements"]["nodes"]
    nodes = {node["id"]: node for node in told}
    lines = written(read_table(asker, tables()["statements"]), write_lines).splitlines()
    assert len(lines) == len(nodes)
    for row in map(json.loads, lines):
        node = nodes[row["id"]]
        article, speaker = node["statedIn"], node["attributedTo"] or {}
        for key in ("text", "kind", "act", "denied", "negative", "negated", "hedged"):
            assert row[key] == node[key]
        for key in ("question", "headline", "source", "cue", "published", "start"):
            assert row[key] == node[key]
        assert row["permalink"] == node["iri"]
        assert row["permalink"].startswith(BASE)
        assert (row["speaker"], row["speaker_id"]) == (speaker.get("name"), speaker.get("id"))
        assert row["speaker_type"] == speaker.get("__typename")
        assert row["countries"] == [country["name"] for country in node["about"]["nodes"]]
        assert row["country_ids"] == [country["id"] for country in node["about"]["nodes"]]
        assert (row["claim_id"], row["claim"]) == (
            node["expresses"]["id"],
            node["expresses"]["text"],
        )
        near = {
            claim["id"]
            for match in node["expresses"]["matches"]["nodes"]
            for claim in match["between"]["nodes"]
        }
        assert set(row["near_claim_ids"]) == near - {row["claim_id"]}
        assert (row["article_id"], row["title"]) == (article["id"], article["title"])
        assert row["outlet"] == (article["publishedBy"] or {}).get("name")
        assert row["authors"] == [author["name"] for author in article["writtenBy"]["nodes"]]
        assert row["url"] == article["url"]
        assert row["page"] == [page["name"] for page in article["fromPage"]["nodes"]]
        cited = [
            item for item in article["citations"]["nodes"] if item["of"]["id"] == speaker.get("id")
        ]
        assert row["role"] in ([item["role"] for item in cited] or [None])
        assert row["description"] in [item["description"] for item in cited] + [None]
        spans = [span.removeprefix("char=").split(",") for span in node["contentSpans"]]
        assert row["start"] == int(spans[0][0])
        assert row["end"] == max(int(end) for _, end in spans)


def test_speakers_have_the_role_in_which_their_article_cites_them(asker: Asker) -> None:
    rows = rows_of(written(read_table(asker, tables()["statements"])))
    experts = {row["speaker"] for row in rows if row["role"] == "EXPERT"}
    people = asker.ask(asker.prepare("{ experts(first: 99) { nodes { name } } }"), {})
    assert experts == {node["name"] for node in people["experts"]["nodes"]}
    described = {row["speaker"]: row["description"] for row in rows}
    assert described["Frank Lehberger"] == "a Germany-based Sinologist"


def test_a_list_is_filtered_and_in_order(asker: Asker) -> None:
    table = tables()["statements"]
    where = {"denied": {"eq": True}}
    order = [{"published": "DESC"}, {"start": "ASC"}]
    document = """query ($where: StatementFilter, $orderBy: [StatementOrder!]) {
        statements(where: $where, orderBy: $orderBy, first: 1000) { nodes { id } } }"""
    asked = asker.ask(asker.prepare(document), {"where": where, "orderBy": order})
    expected = [node["id"] for node in asked["statements"]["nodes"]]
    sheet = read_list(asker, table, where=where, order=order)
    assert [row["id"] for row in rows_of(written(sheet))] == expected
    assert sheet.total == len(expected) > 0
    with pytest.raises(AnswerError, match="denid"):
        read_list(asker, table, where={"denid": {"eq": True}})


def test_lists_longer_than_a_page_are_whole(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(read_table(asker, tables()["mentions"]))
    monkeypatch.setattr("api.tables.reading._PAGE", 7)
    assert written(read_table(asker, tables()["mentions"])) == whole


def test_a_part_has_the_rows_of_its_nodes(asker: Asker, seeded: Database) -> None:
    part = Part(country="TW")
    ids = part_ids(seeded.driver, part, database=seeded.name)
    for name in ("statements", "people", "articles", "mentions"):
        table = tables()[name]
        sheet = read_table(asker, table, ids=ids[table.label])
        rows = rows_of(written(sheet))
        assert [row["id"] for row in rows] == ids[table.label]
        assert sheet.total == len(rows)
        whole = {row["id"]: row for row in rows_of(written(read_table(asker, table)))}
        assert all(row == whole[row["id"]] for row in rows)
    outlets = rows_of(written(read_table(asker, tables()["outlets"], ids=ids["Organization"])))
    assert 0 < len(outlets) < len(ids["Organization"])


def test_files_are_the_same_from_run_to_run(asker: Asker) -> None:
    def once() -> bytes:
        sheets = [read_table(asker, tables()[name]) for name in whole_tables()]
        return b"".join(write_zip(TABLE_FORMATS["csv"], sheets, Tally()))

    first = once()
    assert first == once()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{name}.csv" for name in whole_tables()]
        rows = rows_of(archive.read("people.csv"))
    assert rows == rows_of(written(read_table(asker, tables()["people"])))


def test_an_empty_graph_has_headers(graph: Database) -> None:
    asker = Asker(graph, base=BASE)
    for table in tables().values():
        sheet = read_table(asker, table)
        assert written(sheet).decode().split("\r\n") == [
            ",".join(column.name for column in table.columns),
            "",
        ]
        assert written(read_table(asker, table), write_lines) == b""
        assert json.loads(written(read_table(asker, table), write_json)) == []


TEXTS = [
    "=1+1",
    "+1 000 words",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "'=1",
    "''-x",
    "'tis",
    "plain",
    "-5",
    "+49",
    "-1,000.5",
    '=cmd|" /C calc"!A0',
    "a,b",
    'say "no"',
    "two\r\nlines",
    "Nguyễn, d’État 𝔘",
    "",
]


def test_cells_that_a_spreadsheet_would_run_are_defused_and_nothing_is_lost() -> None:
    for text in TEXTS:
        assert restored(defused(text)) == text
        assert not defused(text).startswith(("=", "@", "\t", "\r", "\n", "＝"))
    assert [defused(text) for text in ("-5", "+49", "-1,000.5")] == ["-5", "+49", "-1,000.5"]
    assert defused("-2+3") == "'-2+3"
    found = [row["said"] for row in rows_of(written(made_up(*TEXTS)))]
    assert [restored(cell) for cell in found] == TEXTS
    assert [
        json.loads(line)["said"] for line in written(made_up(*TEXTS), write_lines).splitlines()
    ] == (TEXTS)


def test_numbers_lists_and_what_is_missing_have_their_text() -> None:
    rows = rows_of(written(made_up(-5, True, False, None, ["a", "b; c"], ["=1"], [])))
    assert [row["said"] for row in rows] == ["-5", "true", "false", "", "a; b\\; c", "'=1", ""]


def test_lines_end_as_rfc_4180_has_them() -> None:
    assert written(made_up("a", 'b"c')) == b'said\r\na\r\n"b""c"\r\n'
