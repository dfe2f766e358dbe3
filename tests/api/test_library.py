"""The graph for Python: questions as rows, in scripts and where an event loop runs."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import newsgraph
from api.answers import LISTS
from newsgraph import Error, Graph
from queries.database import Database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def connected(seeded: Database) -> Iterator[Graph]:
    user, password = seeded.auth
    with newsgraph.connect(seeded.uri, user=user, password=password) as graph:
        yield graph


@pytest.fixture
def named(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """The tests' database, as the environment names it."""
    monkeypatch.setenv("NEO4J_URI", database.uri)
    monkeypatch.setenv("NEO4J_USER", database.auth[0])
    monkeypatch.setenv("NEO4J_PASSWORD", database.auth[1])
    monkeypatch.setenv("NEWSGRAPH_HOME", str(tmp_path / "home"))
    return database


def test_every_ready_question_is_rows(connected: Graph) -> None:
    questions = connected.questions()
    assert len(questions) > 10
    for question in questions:
        rows = connected.query(question["name"])
        assert rows, question["name"]
        assert all(isinstance(row, dict) for row in rows)
        assert rows.answer


def test_a_question_takes_variables(connected: Graph) -> None:
    for country in ("country/TW", "TW", "taiwan"):
        rows = connected.query("claims-about-a-country", country=country)
        assert {row["country.name"] for row in rows} == {"Taiwan"}
    china = connected.query("claims-about-a-country", country="country/CN")
    assert {row["country.name"] for row in china} == {"China"}


def test_a_document_of_ones_own_is_asked(connected: Graph) -> None:
    since = "where: { published: { gte: $day } }"
    text = f"query Since($day: Date) {{ statements(first: 5, {since}) {{ nodes {{ text }} }} }}"
    rows = connected.query(text, day=date(2023, 3, 1))
    assert len(rows) == 5
    assert set(rows[0]) == {"text"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("experts-on-a-contry", "experts-on-a-contry"),
        ("{ people { nodes { nme } } }", "nme"),
        ("{ people", "Syntax Error"),
        ("query Q($id: ID!) { person(id: $id) { name } }", "id"),
    ],
)
def test_what_cannot_be_asked_is_said(connected: Graph, question: str, words: str) -> None:
    with pytest.raises(Error) as raised:
        connected.query(question)
    assert words in str(raised.value)


def test_lists_are_whole(
    connected: Graph, seeded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with seeded.session() as session:
        counts = session.run("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n")
        expected = {row["label"]: row["n"] for row in counts}
    for page in (7, 1_000):
        monkeypatch.setattr("api.answers._PAGE", page)
        assert len(connected.statements(acts=None)) == expected["Statement"]
        assert len(connected.articles()) == expected["Article"]
        assert len(connected.claims(acts=None)) == expected["Claim"]
    statements = connected.statements(acts=None)
    assert len({row["id"] for row in statements}) == len(statements)


def test_lists_show_what_is_believed_or_wanted_on_request(connected: Graph) -> None:
    shown = connected.statements()
    everything = connected.statements(acts=None)
    others = connected.statements(acts=("believed", "wanted"))
    assert {row["act"] for row in others} == {"BELIEVED", "WANTED"}
    assert "BELIEVED" not in {row["act"] for row in shown}
    assert len(shown) + len(others) == len(everything)
    assert 0 < len(connected.claims()) < len(connected.claims(acts=None))


def test_lists_are_filtered(connected: Graph) -> None:
    about = connected.statements(country="country/TW")
    assert connected.statements(country="Taiwan") == connected.statements(country="TW") == about
    assert 0 < len(about) < len(connected.statements())
    assert all("country/TW" in {country["id"] for country in row["about"]} for row in about)
    denied = connected.statements(where={"denied": {"eq": True}})
    assert denied
    assert all(row["denied"] for row in denied)
    both = connected.statements(country="country/TW", where={"denied": {"eq": False}})
    assert len(both) == len(about) - sum(row["denied"] for row in about)
    assert 0 < len(connected.experts(country="country/TW")) <= len(connected.experts())
    for rows in (connected.articles(country="country/TW"), connected.claims(country="country/TW")):
        assert rows


def test_a_country_is_known_or_refused(connected: Graph) -> None:
    assert connected.statements(country="Peru") == []
    with pytest.raises(Error, match="Taiwan"):
        connected.statements(country="Taiwann")


def test_a_wrong_filter_is_said(connected: Graph) -> None:
    with pytest.raises(Error, match="negatd"):
        connected.statements(where={"negatd": {"eq": True}})


def test_every_list_has_its_document() -> None:
    assert {path.stem for path in LISTS.glob("*.graphql")} == {
        name
        for name in ("articles", "experts", "statements", "claims", "search")
        if hasattr(Graph, name)
    }


def test_rows_are_frames(connected: Graph) -> None:
    pytest.importorskip("pandas")
    frame = connected.statements().to_pandas()
    assert {"text", "attributedTo.name", "statedIn.title", "published"} <= set(frame.columns)
    assert "attributedTo" not in frame.columns
    assert len(frame) == len(connected.statements())


def test_it_works_where_an_event_loop_runs(named: Database, seeded: Database, seeds: Path) -> None:
    """As in a notebook, whose cells are run by a loop."""

    async def cell() -> int:
        report = newsgraph.load(seeds)
        assert (report.pages, report.known) == (0, 4)
        with newsgraph.connect() as graph:
            return len(graph.statements()) + len(graph.query("word-for-word"))

    assert asyncio.run(cell()) > 50


def test_it_works_in_any_thread(connected: Graph) -> None:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(len(connected.experts())))
    thread.start()
    thread.join(60)
    assert found == [len(connected.experts())]


def test_a_closed_graph_is_said(connected: Graph) -> None:
    assert repr(connected).endswith(f"{connected._database.uri}>")
    connected.close()
    connected.close()
    assert repr(connected).endswith(", closed>")
    with pytest.raises(Error, match=r"open another with newsgraph\.connect\(\)"):
        connected.experts()


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:9", "ftp://somewhere"])
def test_what_cannot_be_opened_is_one_sentence(uri: str) -> None:
    with pytest.raises(Error, match="NEO4J_URI"):
        newsgraph.connect(uri)


def test_a_wrong_setting_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSGRAPH_PORT", "high")
    with pytest.raises(Error, match="NEWSGRAPH_PORT"):
        newsgraph.connect()


def test_loading_reports_and_warns(named: Database, graph: Database, tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text(
        "Dam will hold\n\n“The dam will hold,” said Bo Ek of Kenya.", encoding="utf-8"
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.warns(newsgraph.SkippedPageWarning, match=r"empty\.txt") as warned:
        report = newsgraph.load([tmp_path / "dam.txt", str(tmp_path / "empty.txt")])
    assert {warning.filename for warning in warned} == {__file__}
    assert (report.pages, report.articles, len(report.skipped)) == (1, 1, 1)
    with newsgraph.connect() as opened:
        (row,) = opened.statements()
        assert row["attributedTo"]["name"] == "Bo Ek"
    with pytest.raises(FileNotFoundError):
        newsgraph.load(tmp_path / "no.txt")
    assert newsgraph.load(tmp_path / "dam.txt", exclude=["dam*"]).known == 0


def test_a_graph_that_is_not_ours_is_left_alone(
    named: Database, graph: Database, seeds: Path
) -> None:
    with graph.session() as session:
        session.run("CREATE (:Invoice {number: 1})").consume()
    with pytest.raises(Error):
        newsgraph.load(seeds)


def test_an_interrupted_load_goes_on(named: Database, graph: Database, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(400):
        text = f"Dam {number} will hold\n\n“The dam will hold,” said engineer Bo Ek of Kenya."
        (pages / f"{number:03}.txt").write_text(text, encoding="utf-8")
    script = f"import newsgraph\nnewsgraph.load({str(pages)!r})\n"
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 120
    with graph.session() as session:
        while (
            time.monotonic() < deadline
            and not session.run("MATCH (run:ExtractionRun) RETURN run").peek()
        ):
            time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    assert errors.rstrip().endswith("KeyboardInterrupt")
    report = newsgraph.load(pages)
    assert report.known + report.pages == 400


def test_asking_can_be_interrupted(named: Database, seeded: Database) -> None:
    script = (
        "import asyncio, newsgraph\n"
        "async def cell():\n"
        "    with newsgraph.connect() as graph:\n"
        "        print('ready', flush=True)\n"
        "        while True:\n"
        "            graph.statements()\n"
        "asyncio.new_event_loop().run_until_complete(cell())\n"  # as IPython's kernel does
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert errors.rstrip().endswith("KeyboardInterrupt")
