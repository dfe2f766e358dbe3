"""Loads that are killed or cut off go on where they were, and end in the identical graph."""

import os
import signal
import time
from itertools import count
from pathlib import Path
from random import Random

import pytest
from neo4j import GraphDatabase

from loader.graph.intake import Report
from loader.graph.loading import load
from loader.pages import read
from queries.database import Database, open_database
from tests.loader.extract.extracting import extract_lines
from tests.loader.graph.cutting_proxy import Cut, cutting_proxy
from tests.loader.graph.own_server import own_server
from tests.loader.graph.slow_load import BEGAN, DONE, Loading, start
from tests.loader.graph.test_writer import empty, snapshot

PAGES = 24
LINE = "In line {} of page {} the people of the town say in plain English that the dam will hold."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number in range(PAGES):
        lines = [LINE.format(line, number // 2 * line) for line in range(1, 4)]
        (folder / f"{number:02}.txt").write_text("\n\n".join(lines))
    return folder


def whole(database: Database, folder: Path, batch_rows: int = 10_000) -> Report:
    """Load the folder in this process."""
    with database.session() as session:
        return load(session, extract_lines, read([folder]), started=BEGAN, batch_rows=batch_rows)


def killed_after(loading: Loading, pages: int, delay: float) -> bool:
    """Kill ``loading`` ``delay`` seconds after so many pages; False if it was done."""
    process, told = loading
    with told:
        for _ in range(pages + 1):
            if told.recv() == DONE:
                process.join()
                return False
        time.sleep(delay)
        process.kill()
        process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def kill_and_resume(graph: Database, folder: Path, home: Path, kills: int) -> None:
    """Load and kill again and again, at so many points; each load goes on until it is through."""
    whole(graph, folder)
    with graph.session() as session:
        wanted = snapshot(session)
    for seed in count():
        chosen = Random(seed)
        with graph.session() as session:
            empty(session)
        while killed_after(
            start(graph, folder, home), chosen.randint(0, PAGES // 2), chosen.random() / 10
        ):
            kills -= 1
            if chosen.random() < 0.5:
                break
        done = whole(graph, folder, batch_rows=50)
        assert done.pages + done.known == PAGES
        with graph.session() as session:
            assert snapshot(session) == wanted, f"seed {seed}"
        if kills <= 0:
            return


def test_a_load_killed_at_any_point_ends_in_the_same_graph(
    graph: Database, folder: Path, tmp_path: Path
) -> None:
    kill_and_resume(graph, folder, tmp_path, 2)


@pytest.mark.slow
def test_a_load_killed_at_a_hundred_points_ends_in_the_same_graph(
    graph: Database, folder: Path, tmp_path: Path
) -> None:
    kill_and_resume(graph, folder, tmp_path, 100)


@pytest.mark.parametrize(
    "cut", ["during", *(pytest.param(cut, marks=pytest.mark.slow) for cut in ("before", "after"))]
)
def test_a_connection_lost_at_commits_loses_and_doubles_nothing(
    graph: Database, folder: Path, cut: Cut
) -> None:
    whole(graph, folder)
    with graph.session() as session:
        wanted = snapshot(session)
        empty(session)
    with (
        cutting_proxy(graph.uri, [None, cut, None, cut]) as proxy,
        GraphDatabase.driver(proxy.uri, auth=graph.auth) as driver,
        driver.session(database=graph.name) as session,
    ):
        report = load(session, extract_lines, read([folder]), started=BEGAN, batch_rows=100)
        assert proxy.made == [cut, cut]
    assert report.pages == PAGES
    with graph.session() as session:
        assert snapshot(session) == wanted


@pytest.mark.slow
def test_neo4j_killed_in_the_middle_ends_in_the_same_graph(
    graph: Database, folder: Path, tmp_path: Path
) -> None:
    whole(graph, folder)
    with graph.session() as session:
        wanted = snapshot(session)
    with own_server(tmp_path / "own") as own:
        with open_database(own) as database:
            assert database.server is not None
            process, told = start(database, folder, tmp_path / "home")
            with told:
                for _ in range(PAGES // 2):
                    assert told.recv() != DONE
                os.kill(database.server.pid, signal.SIGKILL)
                process.join(200)
                assert process.exitcode == 1
        with open_database(own) as database:
            whole(database, folder)
            with database.session() as session:
                assert snapshot(session) == wanted
