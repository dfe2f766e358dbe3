"""GraphML and GEXF, read back by networkx."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from api.rdf.parts import Part
from api.tables.graph import GraphReader, Progress
from api.tables.markup import GEXF, GRAPHML, write_gexf, write_graphml
from ontology.model import load_model
from ontology.rdf.nodes import Node
from queries.database import Database
from tests.ontology.graphs import write_nodes

Write = Callable[[GraphReader, Progress], Iterator[bytes]]


def reader(database: Database, part: Part | None = None) -> GraphReader:
    return GraphReader(database.driver, database=database.name, part=part)


def written(database: Database, write: Write, part: Part | None = None) -> bytes:
    return b"".join(write(reader(database, part), lambda _: None))


def known(database: Database, part: Part | None = None) -> dict[str, Node]:
    return {node.id: node for page in reader(database, part).nodes() for node, _ in page}


def read_graphml(data: bytes) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(data))


def read_gexf(data: bytes) -> nx.MultiDiGraph:
    return nx.read_gexf(io.BytesIO(data))


READERS = [(write_graphml, read_graphml), (write_gexf, read_gexf)]


@pytest.mark.parametrize(("write", "read"), READERS, ids=["graphml", "gexf"])
@pytest.mark.parametrize("part", [None, Part(country="TW")], ids=["whole", "part"])
def test_nodes_and_relationships_are_those_of_the_graph(
    seeded: Database, write: Write, read: Callable[[bytes], nx.MultiDiGraph], part: Part | None
) -> None:
    nodes = known(seeded, part)
    found = read(written(seeded, write, part))
    assert set(found.nodes) == set(nodes)
    edges = {(source, target, data["label"]) for source, target, data in found.edges(data=True)}
    expected = {(node.id, target, kind) for node in nodes.values() for kind, target in node.edges}
    assert edges == expected
    assert found.number_of_edges() == len(expected)
    with seeded.session() as session:
        total = session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"]
    assert part is not None or len(found) == total


def test_graphml_keeps_every_property_with_its_type(seeded: Database) -> None:
    nodes = known(seeded)
    for identifier, data in read_graphml(written(seeded, write_graphml)).nodes(data=True):
        told = dict(data)
        label, labels, kind = (told.pop(key) for key in ("label", "labels", "type"))
        assert label
        assert frozenset(labels.split(":")[1:]) == nodes[identifier].labels
        assert kind in nodes[identifier].labels
        expected = {
            key: "; ".join(map(str, value)) if isinstance(value, tuple) else value
            for key, value in nodes[identifier].properties.items()
        }
        plain = {k: v.replace("\\;", ";") if isinstance(v, str) else v for k, v in told.items()}
        assert plain == expected


def test_gexf_shows_names_days_and_all_but_the_texts_of_articles(seeded: Database) -> None:
    nodes = known(seeded)
    data = written(seeded, write_gexf)
    for identifier, told in read_gexf(data).nodes(data=True):
        properties = dict(nodes[identifier].properties)
        if told["type"] == "Article":
            properties.pop("text")
        assert set(properties) == set(told) - {"type", "labels", "label"}
        assert told["label"] == " ".join(told["label"].split())
        assert len(told["label"]) <= 80
    root = etree.fromstring(data)
    times = {node.get("id"): node.get("timestamp") for node in root.iter(f"{{{GEXF}}}node")}
    assert times == {name: node.properties.get("published") for name, node in nodes.items()}
    named = {node.get("id"): node.get("label") for node in root.iter(f"{{{GEXF}}}node")}
    assert named["person/frank-lehberger"] == "Frank Lehberger"
    assert named["country/TW"] == "Taiwan"


def test_gexf_is_laid_out_as_its_schema_asks(seeded: Database) -> None:
    """By hand, after gexf.net's XSD of version 1.3, which may not be copied here."""
    root = etree.fromstring(written(seeded, write_gexf))
    assert root.tag == f"{{{GEXF}}}gexf"
    assert root.get("version") == "1.3"
    meta, graph = root
    assert meta.tag == f"{{{GEXF}}}meta"
    assert [etree.QName(part).localname for part in graph] == ["attributes", "nodes", "edges"]
    assert dict(graph.attrib) == {
        "defaultedgetype": "directed",
        "mode": "dynamic",
        "timeformat": "date",
        "timerepresentation": "timestamp",
    }
    declared, nodes, edges = graph
    types = {item.get("id"): item.get("type") for item in declared}
    assert set(types.values()) <= {"string", "long", "boolean", "liststring"}
    assert all(set(node.attrib) <= {"id", "label", "timestamp"} for node in nodes)
    for value in nodes.iter(f"{{{GEXF}}}attvalue"):
        assert set(value.attrib) == {"for", "value"}
        assert value.get("for") in types
    ids = {node.get("id") for node in nodes}
    named = Counter(edge.get("id") for edge in edges)
    assert max(named.values()) == 1
    for edge in edges:
        assert set(edge.attrib) == {"id", "source", "target", "label", "kind"}
        assert {edge.get("source"), edge.get("target")} <= ids


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_files_are_the_same_from_run_to_run(seeded: Database, write: Write) -> None:
    assert written(seeded, write) == written(seeded, write)


def test_what_xml_cannot_hold_is_replaced(graph: Database) -> None:
    text = "a\x00b\x0bc\ufffed <&>\"' 𝔘 two\r\nlines"
    node = Node(
        id="claim/x<&>\"'",
        labels=frozenset({"Claim"}),
        properties={"text": text},
        edges=frozenset(),
    )
    write_nodes(graph.driver, graph.name, {node.id: node})
    found = read_graphml(written(graph, write_graphml))
    (told,) = dict(found.nodes(data=True)).values()
    assert list(found.nodes) == [node.id]
    assert told["text"] == "a\ufffdb\ufffdc\ufffdd <&>\"' 𝔘 two\r\nlines"
    assert list(read_gexf(written(graph, write_gexf)).nodes) == [node.id]


def test_an_empty_graph_is_a_file_all_the_same(graph: Database) -> None:
    assert len(read_graphml(written(graph, write_graphml))) == 0
    assert len(read_gexf(written(graph, write_gexf))) == 0


def test_every_property_has_a_typed_key(graph: Database, tmp_path: Path) -> None:
    root = etree.fromstring(written(graph, write_graphml))
    keys = {key.get("attr.name"): key.get("attr.type") for key in root.iter(f"{{{GRAPHML}}}key")}
    for item in load_model().concrete:
        for entry in item.properties:
            kind = {"integer": "long", "boolean": "boolean"}.get(entry.datatype, "string")
            assert keys[entry.key] == ("string" if entry.many else kind)
