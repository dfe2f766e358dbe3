"""The bulk verb: it goes on where it was killed, and mixes nothing in."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from loader.bulk import BulkError
from loader.bulk.jobs import run_bulk
from loader.pages import Choice
from queries.database import Database
from tests.loader.graph.test_load_faults import small_disk


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of two pages."""
    found = tmp_path / "one", tmp_path / "other"
    for folder in found:
        folder.mkdir()
        for number in range(2):
            said = f"“The dam {number} will hold,” said Ada Byron of {folder.name}."
            (folder / f"{folder.name}-{number}.txt").write_text(said)
    return found


def killed(*arguments: object) -> None:
    raise KeyboardInterrupt


def imported(home: Path) -> list[list[str]]:
    """The names of the pages in each set of tables."""
    return [
        sorted(row["name:string"] for row in csv.DictReader(path.read_text().splitlines()))
        for path in sorted(home.glob("bulk/**/nodes-Page.csv"))
    ]


def test_a_load_that_was_killed_goes_on_and_is_no_part_of_another(
    graph: Database, folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    one, other = map(str, folders)
    with monkeypatch.context() as patched:
        patched.setattr("loader.bulk.jobs.write_tables", killed)
        with pytest.raises(KeyboardInterrupt):
            run_bulk(graph, None, [one], home=home, workers=0)
    assert run_bulk(graph, None, [other], home=home, workers=0).pages == 2
    assert imported(home) == [["other-0.txt", "other-1.txt"]]
    some = Choice(include=("one-1*",))
    assert run_bulk(graph, None, [one], home=home, workers=0, choice=some).known == 0
    assert run_bulk(graph, None, [one], home=home, workers=0).known == 2
    assert sorted(imported(home)) == [
        ["one-0.txt", "one-1.txt"],
        ["one-1.txt"],
        ["other-0.txt", "other-1.txt"],
    ]


def test_for_another_server_only_the_tables_are_left(
    graph: Database, folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    run_bulk(replace(graph, name="news"), None, [str(folders[0])], home=home, workers=0)
    (tables,) = home.glob("bulk/**/nodes-Page.csv")
    said = capsys.readouterr().out
    assert said.startswith("neo4j-admin database import full news --overwrite-destination ")
    assert f"--nodes=Page={tables}" in said
    assert not list(home.glob("**/stage*"))


def test_a_folder_whose_name_the_importer_cannot_read_is_refused_at_once(
    graph: Database, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(BulkError, match="the path contains a comma; set NEWSGRAPH_HOME"):
        run_bulk(graph, None, [str(folders[0])], home=tmp_path / "a, b", workers=0)
    assert not (tmp_path / "a, b").exists()


def test_a_full_disk_is_one_sentence_and_the_load_goes_on_when_there_is_room(
    graph: Database, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with small_disk(home, "20m") as fill:
        filler = fill(0)
        with pytest.raises(
            BulkError, match=r"disk.* Nothing was written to the graph, but everything read"
        ):
            run_bulk(graph, None, [str(folders[0])], home=home, workers=0)
        filler.unlink()
        run_bulk(graph, None, [str(folders[0])], home=home, workers=0)
        assert imported(home) == [["one-0.txt", "one-1.txt"]]


def test_records_that_cannot_be_read_are_one_sentence(graph: Database, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Spark is not installed")
    records = tmp_path / "records"
    records.mkdir()
    (records / "_SUCCESS").touch()
    (records / "part-0.parquet").write_text("no records")
    with pytest.raises(BulkError, match=r"part-0\.parquet cannot be read as records"):
        run_bulk(graph, None, [str(records)], home=tmp_path / "home", records=True)
