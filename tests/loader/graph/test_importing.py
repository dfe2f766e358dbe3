"""What was exported comes back as the identical graph; what is foreign does not come in."""

import gzip
import subprocess
import sys
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from api.rdf.export import export
from loader.graph.importing import Imported, RefusedError, import_file
from loader.graph.searching import complete
from ontology.rdf.nodes import Node
from ontology.rdf.values import RdfError
from ontology.rdf.writing import FORMATS, FormatName
from queries.database import Database
from queries.nodes import count_nodes
from queries.saving import save
from tests.benchmarks.rdf.synthetic_graph import synthetic_nodes
from tests.ontology.graphs import MODEL, OTHER_VERSIONS, by_id, graphs, write_nodes

FORMS: list[FormatName] = ["turtle", "ntriples", "trig", "jsonld"]
NEWS = by_id(synthetic_nodes(6))
HEAD = f"""@base <http://127.0.0.1:8000/id/> .
@prefix ng: <{MODEL.namespace}> .
<dataset/newsgraph> a ng:Dataset ; ng:ontologyVersion "{MODEL.version}" .
"""


def save_export(database: Database, folder: Path, form: FormatName = "turtle") -> Path:
    path = folder / f"graph.{FORMATS[form].extension}"
    save(export(database.driver, form, database=database.name), path)
    return path


def run(database: Database, statement: str) -> None:
    with database.session() as session:
        session.run(statement).consume()


def nodes_in(database: Database) -> int:
    return count_nodes(database.driver, database.name)


def load(database: Database, path: Path) -> Imported:
    return import_file(database.driver, path, database=database.name)


@pytest.mark.parametrize("form", FORMS)
def test_an_export_comes_back_as_the_identical_graph(
    graph: Database, tmp_path: Path, form: FormatName
) -> None:
    write_nodes(graph.driver, graph.name, NEWS)
    path = save_export(graph, tmp_path, form)
    before = path.read_bytes()
    run(graph, "MATCH (n) DETACH DELETE n")
    done = load(graph, path)
    assert (done.nodes, done.new_nodes) == (len(NEWS), len(NEWS))
    assert done.relationships == done.new_relationships == sum(len(n.edges) for n in NEWS.values())
    assert save_export(graph, tmp_path, form).read_bytes() == before


@given(nodes=graphs())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
def test_any_graph_comes_back(graph: Database, tmp_path: Path, nodes: dict[str, Node]) -> None:
    run(graph, "MATCH (n) DETACH DELETE n")
    write_nodes(graph.driver, graph.name, nodes)
    with graph.session() as session:
        complete(session, everything=True)  # what no export has is made anew
    values = properties(graph)
    path = save_export(graph, tmp_path)
    run(graph, "MATCH (n) DETACH DELETE n")
    load(graph, path)
    assert properties(graph) == values
    assert save_export(graph, tmp_path).read_bytes() == path.read_bytes()


def properties(database: Database) -> dict[str, tuple[list[str], dict[str, object]]]:
    """Labels and properties of every node as the driver reads them, sets as sorted lists."""
    with database.session() as session:
        result = session.run("MATCH (n) RETURN n.id AS id, labels(n) AS l, properties(n) AS p")
        return {
            row["id"]: (
                sorted(row["l"]),
                {k: sorted(v) if isinstance(v, list) else v for k, v in row["p"].items()},
            )
            for row in result
        }


def test_importing_again_changes_nothing(graph: Database, tmp_path: Path) -> None:
    write_nodes(graph.driver, graph.name, NEWS)
    path = save_export(graph, tmp_path)
    done = load(graph, path)
    assert (done.new_nodes, done.new_relationships) == (0, 0)
    assert save_export(graph, tmp_path).read_bytes() == path.read_bytes()


def test_a_killed_import_is_finished_by_the_next(graph: Database, tmp_path: Path) -> None:
    write_nodes(graph.driver, graph.name, NEWS)
    path = save_export(graph, tmp_path)
    before = path.read_bytes()
    run(graph, "MATCH ()-[r]->() WITH r LIMIT 100 DELETE r")
    run(graph, "MATCH (n) WHERE NOT (n)--() OR n:Claim DETACH DELETE n")
    assert nodes_in(graph) < len(NEWS)
    load(graph, path)
    assert save_export(graph, tmp_path).read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (
            "CREATE (:Person {id: 'person/x', name: 'x'})",
            "person/x, which is not in the file",
        ),
        ("CREATE (:Country {id: 'country/KE', name: 'Other'})", "country/KE, which is different"),
        (
            "CREATE (:Country {id: 'country/KE', name: 'Kenya'})"
            "<-[:ABOUT]-(:Claim {id: 'claim/1', text: 'x'})",
            "claim/1 ABOUT country/KE, which is not in the file",
        ),
        ("CREATE (:Person {id: 'person/x', age: 7})", "data that cannot be in a file: person/x"),
    ],
)
def test_another_graph_is_not_written_over(
    graph: Database, tmp_path: Path, statement: str, reason: str
) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(
        HEAD + "<country/KE> a ng:Country ; ng:name 'Kenya' .\n<claim/1> a ng:Claim ; ng:text 'x' ."
    )
    run(graph, statement)
    nodes = nodes_in(graph)
    with pytest.raises(RefusedError, match=reason):
        load(graph, path)
    assert nodes_in(graph) == nodes


def test_a_foreign_triple_leaves_the_database_empty(graph: Database, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + "<claim/1> a ng:Claim ;\n ng:text 'x' ;\n ng:likes <claim/1> .")
    with pytest.raises(RdfError, match=r"line 6: .*#likes> is not a property in the ontology"):
        load(graph, path)
    assert nodes_in(graph) == 0


@pytest.mark.parametrize("version", OTHER_VERSIONS)
@pytest.mark.parametrize("rest", ["", "<claim/1> a ng:Claim ; ng:mood 'glad' .", "<x> a ng:Gone ."])
@pytest.mark.parametrize("head_first", [True, False])
def test_a_file_of_another_version_is_refused(
    graph: Database, tmp_path: Path, version: str, rest: str, head_first: bool
) -> None:
    path = tmp_path / "graph.ttl"
    *prefixes, dataset = HEAD.replace(f'"{MODEL.version}"', f'"{version}"').splitlines()
    path.write_text("\n".join([*prefixes, *([dataset, rest] if head_first else [rest, dataset])]))
    with pytest.raises(RefusedError) as refused:
        load(graph, path)
    assert str(refused.value) == (
        f"{path} was written with version {version} of the ontology, but this version of newsgraph"
        f" uses {MODEL.version}. Import it with the version of newsgraph that wrote it, or load the"
        " pages again."
    )
    assert nodes_in(graph) == 0


def test_a_file_that_does_not_say_its_version_is_refused(graph: Database, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD.split("<dataset")[0])
    with pytest.raises(RefusedError, match="does not name the version"):
        load(graph, path)


def test_a_failing_import_leaves_nothing_behind(graph: Database, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    # A string that the index on titles has no room for is known only when it is written.
    path.write_text(HEAD + f'<article/1> a ng:Article ; ng:title "{"x" * 40_000}" .')
    with pytest.raises(Exception, match=r"(?i)index"):
        load(graph, path)
    assert nodes_in(graph) == 0


def test_an_export_that_is_killed_leaves_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    code = f"""
        import os, signal
        from pathlib import Path
        from queries.saving import save

        def pieces():
            yield b"<a> <b> <c> .\\n" * 100_000
            os.kill(os.getpid(), signal.SIGKILL)

        save(pieces(), Path({str(path)!r}))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False)
    assert done.returncode == -9
    assert not path.exists()


def cuts(path: Path, form: FormatName) -> list[bytes]:
    """The file cut where a reader would not notice, and with parts lost from its middle."""
    lines = path.read_bytes().splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if form in ("ntriples", "jsonld") or line == b"\n"][
        3:-1
    ]
    chosen = starts[:: max(1, len(starts) // 6)]
    lost = [b"".join([*lines[:n], *lines[m:]]) for n, m in pairwise(chosen)]
    # Any cut makes JSON unreadable, unless somebody mends it.
    end = b"\n]}\n" if form == "jsonld" else b""
    return [*lost, *(b"".join(lines[:n]).rstrip(b",\n") + b"\n" + end for n in chosen)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_export_is_refused(
    graph: Database, tmp_path: Path, form: FormatName, packed: bool
) -> None:
    write_nodes(graph.driver, graph.name, NEWS)
    path = save_export(graph, tmp_path, form)
    run(graph, "MATCH (n) DETACH DELETE n")
    cut = tmp_path / f"cut.{FORMATS[form].extension}{'.gz' if packed else ''}"
    for text in cuts(path, form):
        cut.write_bytes(gzip.compress(text, 1) if packed else text)
        with pytest.raises((RdfError, RefusedError)):
            load(graph, cut)
    assert nodes_in(graph) == 0


def test_a_cut_export_is_told_from_one_that_never_counted(graph: Database, tmp_path: Path) -> None:
    write_nodes(graph.driver, graph.name, NEWS)
    path = save_export(graph, tmp_path, "ntriples")
    run(graph, "MATCH (n) DETACH DELETE n")
    *lines, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines))
    with pytest.raises(RdfError, match=r"graph\.nt is cut short: its end, which tells how many"):
        load(graph, path)
    path.write_bytes(b"".join([*lines[:-1], last]))
    counts = rf"it has {len(lines) - 2:,} triples, but its end says {len(lines) - 1:,}"
    with pytest.raises(RdfError, match=counts):
        load(graph, path)
    path.write_bytes(b"".join(lines[1:]))  # as any other program writes it
    assert not load(graph, path).counted
    path.write_bytes(b"".join([*lines, last]))
    assert load(graph, path).counted


def test_two_files_behind_one_another_are_both_counted(graph: Database, tmp_path: Path) -> None:
    write_nodes(graph.driver, graph.name, NEWS)
    path = save_export(graph, tmp_path, "ntriples")
    path.write_bytes(path.read_bytes() * 2)
    assert load(graph, path).nodes == len(NEWS)
