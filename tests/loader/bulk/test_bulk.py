"""A first load by Neo4j's offline importer: the same graph as online, and others on top of it."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from threading import Event

import pytest

from loader.bulk import Staging, bulk_import, import_arguments, open_stage, write_tables
from loader.bulk.tables import Tables
from loader.extract.extraction import page_record
from loader.graph.intake import Report
from loader.pages import Page
from ontology.records import ExtractedPage, Run
from queries.database import Database, managed, open_database
from queries.settings import Settings
from tests.loader.extract.extracting import article_of, extract_lines
from tests.loader.graph.own_server import own_server
from tests.loader.graph.test_writer import RUN, snapshot, write

ODD = ['A line with "quotes", commas,\ta tab', "and\\ a backslash; semicolons | pipes", "‘Ünï’ 𝒄"]


@pytest.fixture(scope="module")
def pages(seed_pages: tuple[ExtractedPage, ...]) -> list[ExtractedPage]:
    found = list(seed_pages)
    for number in range(12):
        text = "\n".join([f"Story {number % 7}", *ODD[: number % 4], f"Its memo {number % 5}"])
        page = Page(
            name=f"{number}.txt", location=f"{number}.txt", sha256=f"{number:02}" * 32, text=text
        )
        found.extend(item for item in extract_lines([page]) if isinstance(item, ExtractedPage))
    record = page_record(page)
    lines = article_of(record, "Two lines\nof one text, ''quoted'' twice: \"\"", 0)
    return [*found, ExtractedPage(page=record, articles=(lines,))]


def stage(pages: list[ExtractedPage], folder: Path, run: Run = RUN) -> Tables:
    with open_stage(folder) as opened:
        for _ in opened.add(pages, batch_rows=100):
            pass
        return write_tables(opened, run)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    """A managed server of this test's own: an import replaces all it holds."""
    with own_server(tmp_path / "home") as settings:
        yield settings


def test_an_imported_graph_equals_one_written_online(
    graph: Database, own: Settings, pages: list[ExtractedPage], tmp_path: Path
) -> None:
    first, later = pages[:-4], pages[-8:]
    tables = stage(first, tmp_path / "stage (1) + [more]")  # paths are no patterns
    bulk_import(managed(own), tables, tmp_path / "import.report")
    with graph.session() as session, open_database(own) as imported, imported.session() as other:
        write(session, first)
        wanted = snapshot(session)
        write(other, [])  # constraints and indexes
        assert snapshot(other) == wanted
        write(session, later)
        write(other, later)
        assert snapshot(other) == snapshot(session)


def test_staging_in_parts_equals_staging_at_once(
    pages: list[ExtractedPage], tmp_path: Path
) -> None:
    whole = stage(pages, tmp_path / "whole")
    with open_stage(tmp_path / "parts") as opened:
        for _ in opened.add(pages[3:], batch_rows=1):
            pass
        assert opened.holds(pages[-1].page)
        assert not opened.holds(pages[0].page)
    parts = stage(pages[:4], tmp_path / "parts")
    assert said(parts) == said(whole)


def test_what_a_killed_run_wrote_after_its_last_batch_is_cut_off(
    pages: list[ExtractedPage], tmp_path: Path
) -> None:
    whole = stage(pages, tmp_path / "whole")
    with open_stage(tmp_path / "parts") as opened:
        for _ in opened.add(pages[:3], batch_rows=1):
            pass
    for path in (tmp_path / "parts").glob("*/*.csv"):
        with path.open("a") as file:
            file.write("half a ro")
    (tmp_path / "parts" / "tables" / "edges-BEGUN.csv").write_text(":START_ID,:END_ID\n")
    parts = stage(pages, tmp_path / "parts")
    assert said(parts) == said(whole)
    assert not (tmp_path / "parts" / "tables" / "edges-BEGUN.csv").exists()


def said(tables: Tables) -> dict[str, list[str]]:
    """The rows of each table, in any order."""
    return {
        path.name: sorted(path.read_text().splitlines())
        for _, path in (*tables.nodes, *tables.relationships)
    }


def test_of_equal_pages_the_first_name_and_address_are_kept_in_any_order(
    pages: list[ExtractedPage], tmp_path: Path
) -> None:
    page = pages[0].page
    copies = [
        replace(pages[0], page=replace(page, name=name, url=url))
        for name, url in (
            ("b.txt", None),
            ("c.txt", "https://a.test/b"),
            ("a.txt", "https://a.test/c"),
        )
    ]
    for number, order in enumerate(permutations(copies)):
        with open_stage(tmp_path / str(number)) as opened:
            for copy in order:
                staging = Staging(
                    stage=opened, stop=Event(), on_page=lambda name: None, report=Report()
                )
                staging.fill_records([((), copy)])
            found = opened.connection.execute("SELECT name, url FROM Page").fetchall()
        assert found == [("a.txt", "https://a.test/b")]


def test_several_processes_stage_the_same(pages: list[ExtractedPage], tmp_path: Path) -> None:
    again = [*pages, *pages]  # articles that are under way already
    alone, together = (tmp_path / "alone", tmp_path / "together")
    for folder, workers in ((alone, 1), (together, 2)):
        with open_stage(folder) as opened:
            for _ in opened.add(again, batch_rows=200, workers=workers):
                pass
            write_tables(opened, RUN)
    files = sorted(path.name for path in (alone / "tables").iterdir())
    assert files == sorted(path.name for path in (together / "tables").iterdir())
    for name in files:
        one, other = ((folder / "tables" / name).read_text() for folder in (alone, together))
        assert sorted(one.splitlines()) == sorted(other.splitlines()), name


def test_only_rows_over_several_lines_stand_apart(
    pages: list[ExtractedPage], tmp_path: Path
) -> None:
    tables = stage(pages, tmp_path / "stage")
    assert tables.multiline
    for _, path in (*tables.nodes, *tables.relationships):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        broken = {any("\n" in cell or "\r" in cell for cell in row) for row in rows[1:]}
        assert broken <= {path in tables.multiline}, path.name


def test_the_importer_is_told_every_table(pages: list[ExtractedPage], tmp_path: Path) -> None:
    run = Run(software="s", version="1", model="m", ontology_version="1.0.0", started=_NOW)
    tables = stage(pages, tmp_path / "stage", run)
    arguments = import_arguments(tables, tmp_path / "report")
    for path in (tmp_path / "stage" / "tables").iterdir():
        assert any(argument.endswith(f"={path}") for argument in arguments)
    assert arguments[:2] == ("full", "neo4j")


_NOW = datetime(2026, 1, 31, tzinfo=UTC)
