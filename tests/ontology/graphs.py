"""Graphs for tests: any that the ontology allows, as values, as rows, and in a database."""

from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st
from neo4j import Driver

from ontology.iris import DATASET_ID
from ontology.model import Class, Property, load_model
from ontology.rdf.nodes import Node, Projection, Row, Value, projections
from ontology.rdf.values import checked_time, native

MODEL = load_model()
OTHER_VERSIONS = ("0.9.0", "1.0.1", "1.1.0", "2.0.0", "1", "1.0", "01.0.0", "1.0.0-rc1", "next", "")
"""Versions that are not the ontology's own: older, newer, and no version at all."""
PROJECTIONS: dict[frozenset[str], Projection] = {
    labels: item for item in projections(MODEL) for labels in item.classes
}
BY_LABELS: dict[frozenset[str], Class] = {frozenset(item.labels): item for item in MODEL.concrete}

# Surrogates are no characters; every other code point is one, however odd.
ODD = [
    *("", " ", "\0", "\x7f", "\x85\u2028", "\ufeff", "\ufffe", '"""', "'''", "\\u0041"),
    *("e\u0301", "\u00e9", "\U0001f600", "<b>&amp;</b>"),
    'a "quoted"\tline\r\nand a \\ at its end\\',
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(ODD)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXT,
    "boolean": st.booleans(),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "date": st.dates().map(lambda day: day.isoformat()),
    "dateTime": st.datetimes().map(lambda time: checked_time(f"{time.isoformat()}Z")),
}


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Node]:
    """A small graph that the ontology has names for, with its dataset; shapes may object to it."""
    labels = sorted(BY_LABELS, key=sorted)
    classes = draw(st.lists(st.sampled_from(labels), max_size=6))
    kinds: dict[str, frozenset[str]] = {DATASET_ID: frozenset(["Dataset"])}
    for entry in classes:
        segment = BY_LABELS[entry].segment
        if segment != "dataset":
            kinds[f"{segment}/{draw(TEXT.filter(bool))}"] = entry
    return {name: draw(_node(name, kinds)) for name in sorted(kinds)}


@st.composite
def _node(draw: st.DrawFn, name: str, kinds: Mapping[str, frozenset[str]]) -> Node:
    item = BY_LABELS[kinds[name]]
    properties: dict[str, Value] = {}
    for entry in item.properties:
        if name == DATASET_ID and entry.key == "ontologyVersion":
            properties[entry.key] = MODEL.version
        elif draw(st.booleans()):
            properties[entry.key] = draw(_value(entry))
    edges: set[tuple[str, str]] = set()
    for edge in item.relationships:
        below = {label for target in edge.targets for label in MODEL.concrete_below(target)}
        targets = [other for other, labels in kinds.items() if labels & below]
        if targets:
            chosen = draw(st.sets(st.sampled_from(targets), max_size=2))
            edges.update((edge.type, target) for target in chosen)
    return Node(id=name, labels=kinds[name], properties=properties, edges=frozenset(edges))


def _value(entry: Property) -> st.SearchStrategy[Any]:
    one = _VALUES[entry.datatype]
    if not entry.many:
        return one
    return st.sets(one, min_size=1, max_size=3).map(lambda values: tuple(sorted(values)))


def row_of(node: Node) -> tuple[str, Row]:
    """The label of the export and the row as which the database would give ``node``."""
    item = PROJECTIONS[node.labels]
    values = [node.properties.get(entry.key) for entry in item.properties]
    return item.label, [
        node.id,
        sorted(node.labels),
        1 + len(node.properties),
        [f"{kind} {target}" for kind, target in node.edges],
        *(list(value) if isinstance(value, tuple) else value for value in values),
    ]


def write_nodes(driver: Driver, database: str, nodes: Mapping[str, Node]) -> None:
    """Create ``nodes`` in the database, in plain Cypher."""
    rows = [
        {
            "id": node.id,
            "labels": sorted(node.labels),
            "properties": {
                key: [native(item, _datatype(node, key)) for item in value]
                if isinstance(value, tuple)
                else native(value, _datatype(node, key))
                for key, value in node.properties.items()
            },
        }
        for node in nodes.values()
    ]
    with driver.session(database=database) as session:
        result = session.run(
            "UNWIND $rows AS row CREATE (n:$(row.labels) {id: row.id}) SET n += row.properties "
            "RETURN row.id AS id, elementId(n) AS element",
            rows=rows,
        )
        elements = {row["id"]: row["element"] for row in result}
        edges = [
            {"source": elements[node.id], "type": kind, "target": elements[target]}
            for node in nodes.values()
            for kind, target in node.edges
        ]
        session.run(
            "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.source "
            "MATCH (b) WHERE elementId(b) = row.target CREATE (a)-[:$(row.type)]->(b)",
            rows=edges,
        ).consume()


def by_id(nodes: Iterable[Node]) -> dict[str, Node]:
    """``nodes`` by their ids."""
    return {node.id: node for node in nodes}


def _datatype(node: Node, key: str) -> Any:
    return BY_LABELS[node.labels].property(key).datatype
