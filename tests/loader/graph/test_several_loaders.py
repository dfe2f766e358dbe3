"""Several loads at once into one database: they wait for each other, and lose nothing."""

from pathlib import Path

import pytest

from loader.graph.loading import load
from loader.pages import read
from queries.database import Database
from tests.loader.extract.extracting import extract_lines
from tests.loader.graph.slow_load import BEGAN, start
from tests.loader.graph.test_writer import empty, snapshot

LOADERS = 3
PAGES = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages that all name the same few people, outlets and countries, and share articles."""
    folder = tmp_path_factory.mktemp("shared")
    for number in range(PAGES):
        lines = [f"In line {line} the dam of {number // 2} holds, they say." for line in range(8)]
        (folder / f"{number:02}.txt").write_text("\n\n".join(lines))
    return folder


@pytest.mark.parametrize("same", [True, False], ids=["the same pages", "pages that share"])
def test_loads_at_once_end_in_the_graph_of_one(
    graph: Database, folder: Path, tmp_path: Path, same: bool
) -> None:
    with graph.session() as session:
        load(session, extract_lines, read([folder]), started=BEGAN)
        wanted = snapshot(session)
        empty(session)
    parts = []
    for number in range(LOADERS):
        part = folder if same else tmp_path / f"part-{number}"
        if not same:
            part.mkdir()
            for page in sorted(folder.iterdir())[number::LOADERS]:
                (part / page.name).symlink_to(page)
        parts.append(part)
    loaders = [start(graph, part, tmp_path / "home") for part in parts]
    for process, told in loaders:
        with told:
            process.join(300)
            assert process.exitcode == 0
    with graph.session() as session:
        assert snapshot(session) == wanted
