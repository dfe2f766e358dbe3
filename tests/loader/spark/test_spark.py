"""Loading on a real Spark cluster: the graph of one machine, also when machines die."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsgraph
from loader.bulk import Staging, open_stage, write_tables
from loader.bulk.parquet import read_records
from loader.extract.extractors import InProcess
from loader.extract.pipeline import load_pipeline
from loader.extract.serialization import extracted_pages
from loader.graph.building import Nodes
from loader.graph.delta import article_delta
from loader.graph.intake import Report
from loader.graph.loading import load
from loader.graph.shared import merged
from loader.graph.writer import shared_nodes
from loader.pages import Page, read
from loader.spark.session import SparkError, java_home
from ontology.model import load_model
from ontology.records import ArticleRecord, ExtractedPage
from queries.database import Database
from tests.loader.graph.test_writer import PAGES, RUN, empty, settled
from tests.loader.spark.spark_cluster import SPARK_CLASS, Cluster, spark_cluster

PAGE_COUNT = 24


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    try:
        java = java_home()
    except SparkError as error:
        pytest.skip(str(error))
    with spark_cluster(tmp_path_factory.mktemp("spark"), java, 2) as running:
        yield running


@pytest.fixture(scope="module")
def folder(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages enough for a job of some seconds, of which two are not to be read."""
    folder = tmp_path_factory.mktemp("pages")
    paragraphs = [
        paragraph.strip()
        for page in sorted(seeds.iterdir())
        for paragraph in page.read_text().split("\n\n")
        if len(paragraph) > 200
    ]
    for number in range(PAGE_COUNT):
        text = "\n\n".join(paragraphs[number % 9 :: 9][:6])
        (folder / f"{number:02}.txt").write_text(f"Story {number}\n\n{text}\n")
    (folder / "french.txt").write_text("Le barrage tiendra, a dit le ministre. " * 40)
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="module")
def once() -> dict[str, set[str]]:
    return {}


@pytest.fixture
def expected(graph: Database, folder: Path, once: dict[str, set[str]]) -> set[str]:
    """The graph that one machine makes of the pages; made once, and taken away again."""
    if "graph" not in once:
        with graph.session() as session:
            report = load(session, InProcess(load_pipeline), read([folder]))
            assert report.pages == PAGE_COUNT
            once["graph"] = settled(session)
            empty(session)
    return once["graph"]


def submit(cluster: Cluster, environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["newsgraph", "spark", *arguments, "--master", cluster.master, "--partitions", "6"],
        env={**environment, **cluster.environment, "PATH": environment["PATH"]},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def count(graph: Database, label: str) -> int:
    with graph.session() as session:
        found = session.run(f"MATCH (n:{label}) RETURN count(n) AS count").single(strict=True)
    return int(found["count"])


def wait_until(happened: Callable[[], bool], job: subprocess.Popen[str]) -> None:
    while not happened():
        assert job.poll() is None, job.communicate()[1]
        time.sleep(0.1)


@pytest.mark.slow
def test_a_cluster_makes_the_graph_of_one_machine(
    graph: Database,
    cluster: Cluster,
    environment: dict[str, str],
    folder: Path,
    expected: set[str],
) -> None:
    _, said = submit(cluster, environment, str(folder)).communicate(timeout=900)
    assert f"{PAGE_COUNT} pages loaded" in said
    assert "2 pages skipped" in said
    assert "in French" in said
    with graph.session() as session:
        assert settled(session) == expected


@pytest.mark.slow
def test_a_cluster_adds_to_a_graph_and_passes_over_what_is_there(
    graph: Database,
    cluster: Cluster,
    environment: dict[str, str],
    folder: Path,
    expected: set[str],
) -> None:
    with graph.session() as session:
        some = sorted(folder.glob("*.txt"))[: PAGE_COUNT // 2]
        load(session, InProcess(load_pipeline), read(some))
        # As another version of the software would have written it:
        session.run("MATCH (run:ExtractionRun) SET run.id = 'run/older'").consume()
    _, said = submit(cluster, environment, str(folder)).communicate(timeout=900)
    assert f"{PAGE_COUNT} pages loaded" in said
    with graph.session() as session:
        session.run("MATCH (run:ExtractionRun {id: 'run/older'}) DETACH DELETE run").consume()
        assert settled(session) == expected
    submitted = subprocess.run(
        [
            *(SPARK_CLASS.with_name("spark-submit"), "--master", cluster.master),
            *(newsgraph.__file__, "spark", str(folder)),
        ],
        env={**environment, **cluster.environment, "PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    said = submitted.stdout  # where spark-submit hands on both outputs of what it runs
    assert "0 pages loaded: 0 articles" in said, submitted.stderr
    assert f"{PAGE_COUNT} pages were already in the graph" in said


@pytest.mark.slow
@pytest.mark.parametrize("late", [False, True])
def test_a_machine_that_dies_loses_and_doubles_nothing(
    graph: Database,
    tmp_path: Path,
    environment: dict[str, str],
    folder: Path,
    expected: set[str],
    late: bool,
) -> None:
    with spark_cluster(tmp_path / "spark", java_home(), 2) as cluster:
        job = submit(cluster, environment, str(folder), "--writers", "2")
        if late:
            wait_until(lambda: count(graph, "Article") > 0, job)
        else:
            wait_until(lambda: bool(cluster.executors()), job)
        cluster.kill_worker(0)
        _, said = job.communicate(timeout=900)
    assert f"{PAGE_COUNT} pages loaded" in said
    with graph.session() as session:
        assert settled(session) == expected


@pytest.mark.slow
def test_records_of_a_cluster_are_what_one_machine_extracts(
    cluster: Cluster, environment: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    records = tmp_path / "records"
    address = folder.as_uri()  # as Spark reads what machines do not see as files
    _, said = submit(cluster, environment, address, "--records", str(records)).communicate(
        timeout=900
    )
    assert f"{PAGE_COUNT} pages loaded" in said
    found = [page for _, page in read_records(records) if isinstance(page, ExtractedPage)]
    pages = InProcess(load_pipeline)(p for p in read([folder]) if isinstance(p, Page))
    assert sorted(map(repr, found)) == sorted(map(repr, pages))
    with open_stage(tmp_path / "stage") as stage:
        staging = Staging(
            stage=stage, stop=threading.Event(), on_page=lambda name: None, report=Report()
        )
        places = staging.fill_records(read_records(records))
        tables = write_tables(stage, RUN)
    assert len(places) == PAGE_COUNT
    assert tables.rows > PAGE_COUNT


@given(pages=PAGES, cut=st.integers(0, 4))
def test_shared_rows_merge_as_if_gathered_at_once(pages: list[ExtractedPage], cut: int) -> None:
    articles = [article for page in pages for article in page.articles]
    whole = shared(articles)
    one, other = shared(articles[:cut]), shared(articles[cut:])
    assert whole.keys() == one.keys() | other.keys()
    for label, nodes in whole.items():
        both = dict(one.get(label, {}))
        for identifier, row in other.get(label, {}).items():
            both[identifier] = merged(label, both.get(identifier, row), row)
        assert both == nodes


def shared(articles: list[ArticleRecord]) -> Nodes:
    model = load_model()
    return shared_nodes(article_delta(articles, model), model)


@given(pages=PAGES)
def test_records_survive_their_json(pages: list[ExtractedPage]) -> None:
    spelling = extracted_pages()
    for page in pages:
        assert spelling.validate_json(spelling.dump_json(page)) == page
