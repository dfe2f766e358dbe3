"""``newsgraph export`` and ``newsgraph query`` as people run them: files, counts, refusals."""

import csv
import gzip
import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import networkx as nx
import pytest

from queries.database import Database

NEWSGRAPH = str(Path(sys.executable).with_name("newsgraph"))


class Shell:
    """Runs the command on the graph of the given pages, in a folder of its own."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder

    def run(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            [NEWSGRAPH, *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == status, done.stderr.decode()
        return done

    def last(self, *words: str, status: int = 0) -> str:
        """The last line that the command prints on stderr."""
        return self.run(*words, status=status).stderr.decode().splitlines()[-1]

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def left(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def shell(seeded: Database, environment: dict[str, str], tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    return Shell(environment, folder)


def test_the_files_name_says_the_format_and_the_last_line_how_many_rows(shell: Shell) -> None:
    told = shell.last("export", "-o", "said.csv")
    rows = shell.rows("said.csv")
    assert told == f"{len(rows)} rows of statements written to said.csv."
    assert shell.last("export", "--table", "people", "-o", "people.jsonl.gz").startswith("28 rows")
    packed = gzip.decompress((shell.folder / "people.jsonl.gz").read_bytes())
    assert len(packed.splitlines()) == 28
    piped = shell.run("export", "--format", "csv", "--table", "people")
    assert piped.stdout.count(b"\r\n") == 29
    assert piped.stderr.decode().splitlines()[-1] == (
        "28 rows of people written to standard output."
    )
    told = shell.last("export", "-o", "graph.graphml")
    assert told.endswith("relationships written to graph.graphml.")
    assert shell.left() == {"said.csv", "people.jsonl.gz", "graph.graphml"}


@pytest.mark.slow
def test_folders_and_archives_hold_every_table(shell: Shell) -> None:
    told = shell.last("export", "-o", "tables/")
    names = {path.stem for path in (shell.folder / "tables").iterdir()}
    assert {"statements", "articles", "people", "organizations", "countries"} <= names
    assert f"in {len(names)} tables (" in told
    shell.run("export", "-o", "tables.zip")
    with zipfile.ZipFile(shell.folder / "tables.zip") as archive:
        assert {Path(name).stem for name in archive.namelist()} == names
        for name in archive.namelist():
            assert archive.read(name) == (shell.folder / "tables" / name).read_bytes()
    (shell.folder / "tables" / "mine.txt").write_text("mine")
    shell.run("export", "--table", "people", "--format", "jsonl", "-o", "tables")
    assert (shell.folder / "tables" / "people.jsonl").exists()
    assert (shell.folder / "tables" / "mine.txt").read_text() == "mine"


@pytest.mark.slow
def test_questions_are_written_as_tables(shell: Shell) -> None:
    told = shell.last("query", "denials", "-o", "denials.csv")
    rows = shell.rows("denials.csv")
    assert told == f"{len(rows)} rows of denials written to denials.csv."
    answer = json.loads(shell.run("query", "denials").stdout)["data"]["statements"]["nodes"]
    assert [row["text"] for row in rows] == [node["text"] for node in answer]
    assert [row["attributedTo.name"] or None for row in rows] == [
        (node["attributedTo"] or {}).get("name") for node in answer
    ]
    lines = shell.run("query", "denials", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["text"] for line in lines] == [row["text"] for row in rows]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("export", "-o", "x.docx"), 2, "x.docx does not end in .ttl"),
        (("export", "--table", "pepole", "-o", "x.csv"), 2, "no table 'pepole'; the tables are"),
        (
            ("export", "--table", "people", "--table", "claims", "-o", "x.csv"),
            2,
            "holds one table; write to a folder",
        ),
        (("export", "--table", "people", "-o", "x.ttl"), 2, "turtle is none"),
        (("export", "--format", "gexf", "-o", "x/"), 2, "A file of gexf is written as one"),
        (("export", "--country", "Atlantis", "-o", "x.csv"), 1, "no country called 'Atlantis'"),
        (("export", "-o", "nowhere/x.csv"), 1, "The folder nowhere does not exist"),
        (("query", "denials", "-o", "x.ttl"), 2, "x.ttl does not end in .json"),
        (("search", "war", "-o", "x.gexf"), 2, "x.gexf does not end in .json"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    shell: Shell, words: tuple[str, ...], status: int, told: str
) -> None:
    assert told in shell.last(*words, status=status)
    assert shell.left() == set()


def test_an_export_that_fails_leaves_the_file_that_was_there(
    shell: Shell, seeded: Database
) -> None:
    (shell.folder / "said.csv").write_text("old")
    (shell.folder / "tables").mkdir()
    (shell.folder / "tables" / "people.csv").write_text("old")
    with seeded.session() as session:
        session.run("MATCH (s:Statement) WITH s LIMIT 1 REMOVE s.text").consume()
    for target in ("said.csv", "tables/", "said.xlsx", "said.zip", "new/"):
        assert "text" in shell.last("export", "-o", target, status=1)
    assert (shell.folder / "said.csv").read_text() == "old"
    assert [path.name for path in (shell.folder / "tables").iterdir()] == ["people.csv"]
    assert shell.left() == {"said.csv", "tables"}


def test_ctrl_c_leaves_the_file_that_was_there(shell: Shell) -> None:
    target = shell.folder / "said.csv"
    target.write_text("old")
    code = (
        "import sys, threading\n"
        "from api.tables.columns import Table\n"
        "def slow(*_):\n"
        "    print('reading', flush=True)\n"
        "    threading.Event().wait(60)\n"
        "Table.row = slow\n"
        "import newsgraph\n"
        "sys.argv = ['newsgraph', 'export', '-o', 'said.csv']\n"
        "newsgraph.main()\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=shell.folder,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "reading\n"
    assert len(shell.left()) == 2  # the old file, and the one that is being written
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    assert target.read_text() == "old"
    assert shell.left() == {"said.csv"}


@pytest.mark.slow
def test_what_a_search_finds_is_written_as_a_table(shell: Shell) -> None:
    shell.run("search", "weapons for Russia", "--first", "20", "-o", "hits.csv")
    rows = shell.rows("hits.csv")
    found = json.loads(shell.run("search", "weapons for Russia", "--first", "20", "--json").stdout)
    assert 0 < len(rows) <= 20
    assert [(row["id"], row["match"]) for row in rows] == [
        (hit["id"], hit["match"]) for hit in found["hits"]
    ]
    assert [row["text"] for row in rows] == [hit["text"] for hit in found["hits"]]
    nothing = shell.run("search", "xyzzyqwv", "--words", "-o", "none.csv", status=1)
    assert "Nothing was found" in nothing.stderr.decode()
    assert shell.rows("none.csv") == []


@pytest.mark.slow
def test_what_a_question_is_about_is_written_for_graph_tools(shell: Shell) -> None:
    shell.run("query", "denials", "-o", "denials.graphml")
    shell.run("query", "denials", "-o", "denials.csv")
    graph = nx.read_graphml(shell.folder / "denials.graphml")
    texts = {data["text"] for _, data in graph.nodes(data=True) if data["type"] == "Statement"}
    assert {row["text"] for row in shell.rows("denials.csv")} <= texts
    whole = shell.last("export", "-o", "graph.graphml").split()
    assert 0 < len(graph) < int(whole[0].replace(",", ""))
