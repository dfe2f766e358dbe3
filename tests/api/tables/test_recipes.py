"""The recipes of docs/data.md run as they stand there, and say what the graph says."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from api.graphql.waiting import Asker
from api.tables.documentation import PAGE
from api.tables.formats import TABLE_FORMATS
from api.tables.graph import GraphReader
from api.tables.markup import write_graphml
from api.tables.sheet import Tally
from queries.database import Database
from tests.api.tables.conftest import sheets

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
TABLES = ("statements", "articles", "people")


def recipes(language: str) -> list[str]:
    """The blocks of a language, in order."""
    return [found[2] for found in BLOCK.finditer(PAGE.read_text("utf-8")) if found[1] == language]


@pytest.fixture
def files(asker: Asker, seeded: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the recipes read, in which they run."""

    def write(name: str, pieces: Any) -> None:
        (tmp_path / name).write_bytes(b"".join(pieces))

    (tmp_path / "tables").mkdir()
    write("statements.csv", TABLE_FORMATS["csv"].write(sheets(asker, "statements"), Tally()))
    for name in TABLES:
        pieces = TABLE_FORMATS["parquet"].write(sheets(asker, name), Tally())
        write(f"tables/{name}.parquet", pieces)
    graph = GraphReader(seeded.driver, database=seeded.name)
    write("graph.graphml", write_graphml(graph, lambda _: None))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with database.session() as session:
        return [tuple(record.values()) for record in session.run(statement)]


def test_python_recipes_run(files: Path, seeded: Database) -> None:
    names: dict[str, Any] = {}
    blocks = recipes("python")
    assert len(blocks) >= 3
    exec(blocks[0], names)  # noqa: S102 - our own page
    (denied,) = rows(seeded, "MATCH (s:Statement {denied: true}) RETURN count(s)")
    assert len(names["denied"]) == denied[0]
    exec(blocks[1], names)  # noqa: S102
    counted = rows(
        seeded,
        "MATCH (s:Statement)-[:ABOUT]->(c:Country) RETURN c.name, toUpper(s.act), count(s)",
    )
    assert {(*key, n) for key, n in names["by_country"].items()} == set(counted)
    exec(blocks[2], names)  # noqa: S102
    (cited,) = rows(seeded, "MATCH (:Article)-[:CITES]->(n) RETURN count(DISTINCT n)")
    assert len(names["cited"]) == cited[0]


def test_duckdb_recipes_run(files: Path, seeded: Database) -> None:
    (block,) = recipes("sql")
    with duckdb.connect() as base:
        by_speaker, experts, outlets = [
            base.execute(query).fetchall() for query in block.split(";") if query.strip()
        ]
    assert sorted(by_speaker, key=str) == sorted(
        rows(
            seeded,
            "MATCH (s:Statement)-[:ABOUT]->(:Country {name: 'Russia'}) "
            "OPTIONAL MATCH (s)-[:ATTRIBUTED_TO]->(who) "
            "RETURN who.name, count(s), count(CASE WHEN s.denied THEN 1 END)",
        ),
        key=str,
    )
    assert (
        len(experts)
        == rows(
            seeded,
            "MATCH (s:Statement)-[:ATTRIBUTED_TO]->(p:Person), (s)-[:STATED_IN]->(a) "
            "WHERE EXISTS { (a)<-[:IN_ARTICLE]-(:Citation {role: 'expert'})-[:OF]->(p) } "
            "RETURN count(s)",
        )[0][0]
    )
    assert sorted(outlets, key=str) == sorted(
        rows(
            seeded,
            "MATCH (s:Statement)-[:STATED_IN]->(a) OPTIONAL MATCH (a)-[:PUBLISHED_BY]->(o) "
            "RETURN o.name, count(DISTINCT a)",
        ),
        key=str,
    )


def test_csv_and_parquet_say_the_same(files: Path) -> None:
    from_csv = pd.read_csv("statements.csv")
    from_parquet = pd.read_parquet("tables/statements.parquet")
    assert list(from_csv.columns) == list(from_parquet.columns)
    for name in ("id", "denied", "start", "end"):
        assert list(from_csv[name]) == list(from_parquet[name])
    lists = [[] if pd.isna(cell) else cell.split("; ") for cell in from_csv["countries"]]
    assert lists == [list(value) for value in from_parquet["countries"]]
