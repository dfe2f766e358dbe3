"""newsgraph as a library: light to import, described, typed; what its guide says is so."""

import ast
import contextlib
import io
import pydoc
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import newsgraph
from queries.database import Database

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "python.md"
ALSO = ROOT / "docs" / "search.md"
"""Its code runs on the graph that the guide has loaded."""
PACKAGES = ("api", "loader", "ontology", "queries")


def test_the_import_is_light() -> None:
    script = (
        "import sys, time; start = time.process_time(); import newsgraph;"
        "print(time.process_time() - start, *sys.modules)"
    )
    times = []
    for _ in range(3):  # the fastest counts: the machine has other work too
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
        )
        seconds, *modules = done.stdout.split()
        assert not set(modules) & {
            "spacy",
            "neo4j",
            "pandas",
            "pydantic",
            "rich",
            "lxml",
            "fastapi",
        }
        times.append(float(seconds))
    assert min(times) < 0.3


def test_all_public_names_are_there_and_described() -> None:
    assert newsgraph.__all__ == sorted(newsgraph.__all__)
    for name in newsgraph.__all__:
        assert getattr(newsgraph, name).__doc__, name


def test_help_is_for_a_reader() -> None:
    text = re.sub(".\b", "", pydoc.render_doc(newsgraph))  # bold is a letter typed twice
    for name in ("extract(", "load(", "connect(", "class Graph", "class ArticleRecord"):
        assert name in text
    for name in ("typer", "def up", "Annotated"):
        assert name not in text


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_have_type_hints(name: str) -> None:
    assert (ROOT / name / "py.typed").is_file()


@pytest.mark.filterwarnings("default::newsgraph.SkippedPageWarning")
def test_the_guide_is_true(
    database: Database, graph: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pandas")
    monkeypatch.setenv("NEO4J_URI", database.uri)
    monkeypatch.setenv("NEO4J_USER", database.auth[0])
    monkeypatch.setenv("NEO4J_PASSWORD", database.auth[1])
    monkeypatch.setenv("NEWSGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    blocks = re.findall(r"```(python|text)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 10
    printed = ""
    for kind, block in blocks:
        if kind == "text":
            assert block == printed
            continue
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(ast.parse(block), str(GUIDE), "exec"), names)  # noqa: S102
        printed = output.getvalue()
    for block in re.findall(r"```python\n(.*?)```", ALSO.read_text(encoding="utf-8"), re.DOTALL):
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(ast.parse(block), str(ALSO), "exec"), {})  # noqa: S102
    assert names["hits"]


def test_type_checkers_see_the_hints_of_an_installation(tmp_path: Path) -> None:
    """With the files of a wheel, which test_packaging lists."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path)], check=True)
    (site,) = tmp_path.glob("**/site-packages")
    for name in PACKAGES:
        (site / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "newsgraph.py", site)
    (site / "newsgraph-stubs").mkdir()
    shutil.copy(ROOT / "newsgraph.py", site / "newsgraph-stubs" / "__init__.pyi")
    (tmp_path / "user.py").write_text(
        "import newsgraph\n"
        "for article in newsgraph.extract('x'):\n"
        "    reveal_type(article.statements[0].source)\n"
        "with newsgraph.connect() as graph:\n"
        "    reveal_type(graph.query('x'))\n"
        "reveal_type(newsgraph.load('x').pages)\n"
    )
    python = str(tmp_path / "bin" / "python")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "user.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    shown = [line.rpartition("type is ")[2] for line in done.stdout.splitlines()]
    assert shown[:-1] == ['"ontology.records.SourceRecord | None"', '"queries.rows.Rows"', '"int"']
