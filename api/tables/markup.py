"""The graph as GraphML and GEXF, by lxml's incremental writer.

GraphML (http://graphml.graphdrawing.org/specification.html) is read by networkx, igraph, yEd, Gephi
and Neo4j; GEXF 1.3 (https://gexf.net/schema.html) is Gephi's own format.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any

import orjson
from lxml import etree

from api.tables.cells import text
from api.tables.drain import Drain
from api.tables.graph import Attribute, GraphReader, Progress, attributes, caption, edges
from ontology.model import Class
from ontology.rdf.nodes import Node, Value

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even as references."""
_GRAPHML_TYPES = {"integer": "long", "boolean": "boolean"}
_GEXF_TYPES = {"integer": "long", "boolean": "boolean"}
_TIMED = "published"


def write_graphml(graph: GraphReader, on_nodes: Progress) -> Iterator[bytes]:
    """The graph as GraphML: ids as in Neo4j, typed keys, the caption of a node as its ``label``.

    ``labels`` holds a node's labels as Neo4j's tools write them, ``:Organization:Outlet``, and
    ``type`` its class. Lists are joined by semicolons.

    Raises:
        RdfError: the graph holds what the ontology does not name.
    """
    known = attributes(graph.model)
    drain, done = Drain(), 0
    with etree.xmlfile(drain, encoding="utf-8") as file, ExitStack() as stack:
        file.write_declaration()
        stack.enter_context(file.element("graphml", nsmap={None: GRAPHML}))
        for key in _graphml_keys(known):
            file.write(key)
        stack.enter_context(file.element("graph", id="newsgraph", edgedefault="directed"))
        for page in graph.nodes():
            for node, item in page:
                file.write(_graphml_node(node, item, known))
                for number, (kind, target) in enumerate(edges(node)):
                    file.write(_graphml_edge(f"{node.id}#{number}", node.id, kind, target))
            done += len(page)
            on_nodes(done)
            file.flush()
            yield drain.taken()
    yield drain.taken()


def write_gexf(graph: GraphReader, on_nodes: Progress) -> Iterator[bytes]:
    """The graph as GEXF 1.3, with articles and statements on the time line by their day.

    A node's attribute ``type`` is its class, to colour by; lists are ``liststring``. The full text
    of articles is left out, which Gephi would hold in memory and show in a table.

    Raises:
        RdfError: the graph holds what the ontology does not name.
    """
    known = attributes(graph.model)
    places = {entry.key: str(place) for place, entry in enumerate(known, 2)}
    drain, done = Drain(), 0
    with etree.xmlfile(drain, encoding="utf-8") as file, ExitStack() as stack:
        file.write_declaration()
        stack.enter_context(file.element("gexf", nsmap={None: GEXF}, version="1.3"))
        file.write(_gexf_meta())
        timed = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "timestamp"}
        stack.enter_context(file.element("graph", defaultedgetype="directed", **timed))
        file.write(_gexf_attributes(known, places))
        with file.element("nodes"):
            for page in graph.nodes():
                for node, item in page:
                    file.write(_gexf_node(node, item, known, places))
                done += len(page)
                on_nodes(done)
                file.flush()
                yield drain.taken()
        with file.element("edges"):
            for page in graph.nodes():
                for node, _ in page:
                    for number, (kind, target) in enumerate(edges(node)):
                        file.write(_gexf_edge(f"{node.id}#{number}", node.id, kind, target))
                file.flush()
                yield drain.taken()
    yield drain.taken()


def writable(value: str) -> str:
    """``value`` with U+FFFD in place of what XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", value)


def _graphml_keys(known: Iterable[Attribute]) -> Iterator[Any]:
    for key in ("label", "labels", "type"):
        what = "all" if key == "label" else "node"
        yield _element("key", id=key, **{"for": what, "attr.name": key, "attr.type": "string"})
    for entry in known:
        kind = "string" if entry.many else _GRAPHML_TYPES.get(entry.kind, "string")
        names = {"for": "node", "attr.name": entry.key, "attr.type": kind}
        yield _element("key", id=f"p-{entry.key}", **names)


def _graphml_node(node: Node, item: Class, known: Iterable[Attribute]) -> Any:
    element = _element("node", id=node.id)
    _data(element, "label", caption(node, item))
    _data(element, "labels", "".join(f":{name}" for name in sorted(node.labels)))
    _data(element, "type", item.label)
    for entry in known:
        if entry.key in node.properties:
            _data(element, f"p-{entry.key}", _plain(node.properties[entry.key]))
    return element


def _graphml_edge(identifier: str, source: str, kind: str, target: str) -> Any:
    element = _element("edge", id=identifier, source=source, target=target)
    _data(element, "label", kind)
    return element


def _data(parent: Any, key: str, value: str) -> None:
    etree.SubElement(parent, "data", key=key).text = writable(value)


def _gexf_meta() -> Any:
    meta = _element("meta")
    etree.SubElement(meta, "creator").text = "newsgraph"
    etree.SubElement(meta, "description").text = "Who said what, in which article, word for word"
    return meta


def _gexf_attributes(known: Iterable[Attribute], places: dict[str, str]) -> Any:
    declared = _element("attributes", **{"class": "node"})
    for number, title in enumerate(("type", "labels")):
        etree.SubElement(declared, "attribute", id=str(number), title=title, type="string")
    for entry in known:
        kind = "liststring" if entry.many else _GEXF_TYPES.get(entry.kind, "string")
        place = places[entry.key]
        etree.SubElement(declared, "attribute", id=place, title=entry.key, type=kind)
    return declared


def _gexf_node(node: Node, item: Class, known: Iterable[Attribute], places: dict[str, str]) -> Any:
    element = _element("node", id=node.id, label=caption(node, item))
    day = node.properties.get(_TIMED)
    if isinstance(day, str):
        element.set("timestamp", day)
    values = etree.SubElement(element, "attvalues")
    _attvalue(values, "0", item.label)
    _attvalue(values, "1", "".join(f":{name}" for name in sorted(node.labels)))
    for entry in known:
        value = node.properties.get(entry.key)
        if value is None or (entry.key == "text" and item.label == "Article"):
            continue
        told = orjson.dumps(_several(value)).decode() if entry.many else _plain(value)
        _attvalue(values, places[entry.key], told)
    return element


def _attvalue(parent: Any, place: str, value: str) -> None:
    etree.SubElement(parent, "attvalue", value=writable(value), **{"for": place})


def _gexf_edge(identifier: str, source: str, kind: str, target: str) -> Any:
    return _element("edge", id=identifier, source=source, target=target, label=kind, kind=kind)


def _several(value: Value) -> list[Any]:
    return list(value) if isinstance(value, tuple) else [value]


def _plain(value: Value) -> str:
    return text(list(value) if isinstance(value, tuple) else value)


def _element(name: str, **values: str) -> Any:
    return etree.Element(name, {key: writable(value) for key, value in values.items()})
